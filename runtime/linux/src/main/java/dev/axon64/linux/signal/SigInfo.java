package dev.axon64.linux.signal;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.WaitStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Those parts of a signal's siginfo_t that are used here.
 *
 * @param signal number
 * @param errno si_errno
 * @param code si_code
 * @param first the eight bytes at offset 16: pid and uid, or an address
 * @param second the eight bytes at offset 24: a status or a value
 * @param source told when the signal is taken out of its queue; null for nobody
 */
public record SigInfo(int signal, int errno, int code, long first, long second, Source source) {
  /** What wants to know when its signal no longer waits. */
  public interface Source {
    /** The signal is taken, to be delivered or dropped; returns it as it is delivered. */
    SigInfo taken(SigInfo info);
  }

  /** A signal that nobody is told about. */
  public SigInfo(int signal, int errno, int code, long first, long second) {
    this(signal, errno, code, first, second, null);
  }

  /** Bytes of a siginfo_t. */
  public static final int SIZE = 128;

  private static final int CLD_EXITED = 1;
  private static final int CLD_KILLED = 2;
  private static final int CLD_TRAPPED = 4;
  private static final int CLD_STOPPED = 5;
  private static final int CLD_CONTINUED = 6;

  /** A signal sent by a process. */
  public static SigInfo from(int signal, int code, int pid, int uid) {
    return new SigInfo(signal, 0, code, pid & 0xffffffffL | (long) uid << 32, 0);
  }

  /**
   * What a parent is told of a child.
   *
   * @param signal SIGCHLD, or what the parent wants in its place
   * @param waitStatus how the child ended, stopped or went on
   */
  public static SigInfo child(int signal, int waitStatus, int pid, int uid) {
    int code;
    int value;
    if (waitStatus == WaitStatus.CONTINUED) {
      code = CLD_CONTINUED;
      value = Signals.SIGCONT;
    } else if (WaitStatus.isStop(waitStatus)) {
      code = CLD_STOPPED;
      value = WaitStatus.stopSignal(waitStatus);
    } else if (WaitStatus.isExit(waitStatus)) {
      code = CLD_EXITED;
      value = WaitStatus.exitCode(waitStatus);
    } else {
      code = CLD_KILLED;
      value = WaitStatus.endSignal(waitStatus);
    }
    return new SigInfo(signal, 0, code, pid & 0xffffffffL | (long) uid << 32, value & 0xffffffffL);
  }

  /** What a tracer is told of a thread that has stopped for it. */
  public static SigInfo trapped(int status, int id, int uid) {
    return new SigInfo(
        Signals.SIGCHLD, 0, CLD_TRAPPED, id & 0xffffffffL | (long) uid << 32, status & 0xffffffffL);
  }

  /** A fault at an address. */
  public static SigInfo fault(int signal, int code, long address) {
    return new SigInfo(signal, 0, code, address, 0);
  }

  /** An address without its tag: the top byte is like the bit below it. */
  public static long untagged(long address) {
    return address << 8 >> 8;
  }

  /** The same without the tag of a fault's address, for handlers that do not ask for it. */
  public SigInfo withoutTag() {
    boolean fault =
        switch (signal) {
          case Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGILL, Signals.SIGFPE -> code > 0;
          default -> false;
        };
    boolean address = fault && code < Signals.SI_KERNEL;
    return address ? new SigInfo(signal, errno, code, untagged(first), second) : this;
  }

  /** The layout of siginfo_t. */
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, signal).putInt(4, errno).putInt(8, code).putLong(16, first).putLong(24, second);
    return bytes.array();
  }

  /** Reads what a guest filled in for rt_sigqueueinfo. */
  public static SigInfo of(int signal, byte[] info) {
    ByteBuffer bytes = ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN);
    return new SigInfo(
        signal, bytes.getInt(4), bytes.getInt(8), bytes.getLong(16), bytes.getLong(24));
  }
}
