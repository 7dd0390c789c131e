package dev.axon64.linux.call;

import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/**
 * Calls in an order in which they succeed, for those that random ones never get to: each has an
 * argument now and then that is anything.
 */
final class FuzzSequences {
  private static final long UNIX = 1;
  private static final long STREAM = 1;
  private static final long NONBLOCK = 0x800;
  private static final long HERE = -100;
  private static final int NAMES = 8;

  /** Where a program is that can be executed. */
  static final String PROGRAM = "program";

  private final CallBench bench;
  private final Random random;
  private final long[] names = new long[NAMES];
  private final long value;
  private final long[] attributes = new long[3];
  private final long file;
  private final long program;
  private final long signals;

  FuzzSequences(CallBench bench, Random random) {
    this.bench = bench;
    this.random = random;
    for (int i = 0; i < NAMES; i++) {
      names[i] = bench.bytes(new byte[] {1, 0, 0, 'q', (byte) ('a' + i), 0, 0, 0});
    }
    this.value = bench.text("a value");
    this.file = bench.text("/file");
    this.program = bench.text("/" + PROGRAM);
    this.signals = bench.bytes(new byte[] {(byte) 0xff, 0, 1, 0, 0, 0, 0, 0});
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = bench.text("user." + "abc".charAt(i));
    }
  }

  /** A program that does nothing: the smallest file that is loaded. */
  static byte[] program() {
    ByteBuffer b = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
    b.putShort(16, (short) 2).putShort(18, (short) 183).putInt(20, 1);
    b.putLong(24, 0x400078).putLong(32, 64).putShort(52, (short) 64);
    b.putShort(54, (short) 56).putShort(56, (short) 1);
    b.putInt(64, 1).putInt(68, 5).putLong(80, 0x400000).putLong(96, 128).putLong(104, 128);
    b.putLong(112, 4096).putInt(120, 0x14000000);
    return b.array();
  }

  /** Makes the calls of one of them, as far as the thread gets. */
  void run(Task task) {
    List<Runnable> all =
        List.of(
            () -> accept(task),
            () -> attribute(task),
            () -> signalDescriptor(task),
            () -> processDescriptor(task),
            () -> execute(task));
    all.get(random.nextInt(all.size())).run();
  }

  private static boolean canCall(Task task) {
    return !task.dead && !task.parked && !task.isHeld() && !task.hasToResume();
  }

  private long make(Task task, SystemCall call, long... arguments) {
    if (!canCall(task)) {
      return -1;
    }
    if (random.nextInt(10) == 0) {
      arguments[random.nextInt(arguments.length)] = random.nextLong() >> random.nextInt(64);
    }
    long result = bench.call(task, call, arguments);
    bench.kernel.tracedCalls.afterCall(task);
    return result;
  }

  private void accept(Task task) {
    long name = names[random.nextInt(NAMES)];
    long server = make(task, SystemCall.SOCKET, UNIX, STREAM | NONBLOCK, 0);
    make(task, SystemCall.BIND, server, name, 5);
    make(task, SystemCall.LISTEN, server, random.nextInt(3));
    long client = make(task, SystemCall.SOCKET, UNIX, STREAM | NONBLOCK, 0);
    make(task, SystemCall.CONNECT, client, name, 5);
    boolean old = random.nextBoolean();
    make(task, old ? SystemCall.ACCEPT : SystemCall.ACCEPT4, server, 0, 0, 0);
    make(task, SystemCall.CLOSE, random.nextBoolean() ? server : client);
  }

  private void attribute(Task task) {
    long which = attributes[random.nextInt(attributes.length)];
    long open = make(task, SystemCall.OPENAT, HERE, file, 2, 0);
    switch (random.nextInt(3)) {
      case 0 -> {
        make(task, SystemCall.SETXATTR, file, which, value, random.nextInt(8), 0);
        make(task, SystemCall.GETXATTR, file, which, CallBench.SCRATCH, 100);
        make(task, SystemCall.LISTXATTR, file, CallBench.SCRATCH, 100);
        make(task, SystemCall.REMOVEXATTR, file, which);
      }
      case 1 -> {
        make(task, SystemCall.LSETXATTR, file, which, value, random.nextInt(8), 0);
        make(task, SystemCall.LGETXATTR, file, which, CallBench.SCRATCH, 100);
        make(task, SystemCall.LLISTXATTR, file, CallBench.SCRATCH, 100);
        make(task, SystemCall.LREMOVEXATTR, file, which);
      }
      default -> {
        make(task, SystemCall.FSETXATTR, open, which, value, random.nextInt(8), 0);
        make(task, SystemCall.FGETXATTR, open, which, CallBench.SCRATCH, 100);
        make(task, SystemCall.FLISTXATTR, open, CallBench.SCRATCH, 100);
        make(task, SystemCall.FREMOVEXATTR, open, which);
      }
    }
    make(task, SystemCall.CLOSE, open);
  }

  private void signalDescriptor(Task task) {
    long descriptor = make(task, SystemCall.SIGNALFD4, -1, signals, Long.BYTES, NONBLOCK);
    make(task, SystemCall.SIGNALFD4, descriptor, signals, Long.BYTES, 0);
    make(task, SystemCall.READ, descriptor, CallBench.SCRATCH, 128);
    make(task, SystemCall.CLOSE, descriptor);
  }

  private void processDescriptor(Task task) {
    long descriptor = make(task, SystemCall.PIDFD_OPEN, task.process.id, 0);
    make(task, SystemCall.PIDFD_SEND_SIGNAL, descriptor, random.nextInt(3) == 0 ? 17 : 0, 0, 0);
    make(task, SystemCall.CLOSE, descriptor);
  }

  /** Rarely, since the program that it runs makes no calls and has none of this memory. */
  private void execute(Task task) {
    if (random.nextInt(20) == 0) {
      make(task, SystemCall.EXECVE, program, 0, 0);
    }
  }
}
