package dev.axon64.linux.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A signal's siginfo_t, the parts that any signal uses.
 *
 * @param signal number
 * @param errno si_errno
 * @param code si_code
 * @param first the eight bytes at 16: pid and uid, or an address
 * @param second the eight bytes at 24: a status or a value
 */
public record SigInfo(int signal, int errno, int code, long first, long second) {
  /** Bytes of a siginfo_t. */
  public static final int SIZE = 128;

  /** A signal sent by a process. */
  public static SigInfo from(int signal, int code, int pid, int uid) {
    return new SigInfo(signal, 0, code, pid & 0xffffffffL | (long) uid << 32, 0);
  }

  /** SIGCHLD: {@code status} is an exit code or a signal, by {@code code}. */
  public static SigInfo child(int signal, int code, int pid, int uid, int status) {
    return new SigInfo(signal, 0, code, pid & 0xffffffffL | (long) uid << 32, status & 0xffffffffL);
  }

  /** A fault at an address. */
  public static SigInfo fault(int signal, int code, long address) {
    return new SigInfo(signal, 0, code, address, 0);
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
