package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/**
 * The clocks of the guest (clock_getres(2)). A negative number is that of a process's or a thread's
 * CPU time: the inverted id, and in the lowest three bits the kind.
 */
final class Clocks {
  static final int REALTIME = 0;
  static final int MONOTONIC = 1;
  private static final int PROCESS_CPUTIME = 2;
  static final int THREAD_CPUTIME = 3;
  private static final int MONOTONIC_RAW = 4;
  private static final int REALTIME_COARSE = 5;
  private static final int MONOTONIC_COARSE = 6;
  private static final int BOOTTIME = 7;
  private static final int REALTIME_ALARM = 8;
  private static final int BOOTTIME_ALARM = 9;
  private static final int TAI = 11;

  /** What the lowest bits of a negative number say. */
  private static final int OF_THREAD = 4;

  private static final int KIND = 3;
  private static final int KIND_USER = 1;
  private static final int KIND_SCHEDULED = 2;
  private static final int KIND_DESCRIPTOR = 3;

  /** Nanoseconds between two ticks, which coarse clocks show. */
  static final long COARSE = 4_000_000;

  private final Kernel kernel;

  Clocks(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The time of a clock in nanoseconds; fails with EINVAL if there is no such clock. */
  long now(Task task, int clock) {
    return switch (clock) {
      case REALTIME, REALTIME_ALARM, TAI -> kernel.clock.realtime();
      case REALTIME_COARSE -> kernel.clock.realtime() / COARSE * COARSE;
      case MONOTONIC, MONOTONIC_RAW, BOOTTIME, BOOTTIME_ALARM -> kernel.clock.monotonic();
      case MONOTONIC_COARSE -> kernel.clock.monotonic() / COARSE * COARSE;
      case PROCESS_CPUTIME -> task.process.cpuTime();
      case THREAD_CPUTIME -> task.cpuTime();
      default -> ofOthers(task, clock);
    };
  }

  private long ofOthers(Task task, int clock) {
    int kind = clock & KIND;
    if (clock >= 0 || kind == KIND_DESCRIPTOR) {
      throw new SysError(Errno.EINVAL);
    }
    boolean userOnly = kind == KIND_USER;
    if ((clock & OF_THREAD) != 0) {
      Task thread = thread(task, ~(clock >> 3));
      return userOnly ? thread.instructions : thread.cpuTime();
    }
    Process process = process(task, ~(clock >> 3));
    return userOnly ? process.instructions() : process.cpuTime();
  }

  private Task thread(Task task, int id) {
    Task thread = id == 0 ? task : kernel.task(id);
    if (thread == null || thread.process != task.process) {
      throw new SysError(Errno.EINVAL);
    }
    return thread;
  }

  private Process process(Task task, int id) {
    Process process = id == 0 || id == task.id ? task.process : kernel.processes.get(id);
    if (process == null) {
      throw new SysError(Errno.EINVAL);
    }
    return process;
  }

  /** The nanoseconds in which a clock counts; fails with EINVAL if there is no such clock. */
  long resolution(Task task, int clock) {
    now(task, clock);
    boolean ticks = clock < 0 && (clock & KIND) != KIND_SCHEDULED;
    return ticks || clock == REALTIME_COARSE || clock == MONOTONIC_COARSE ? COARSE : 1;
  }

  /** Fails with EOPNOTSUPP if nobody can sleep by a clock. */
  static void checkSleep(int clock) {
    switch (clock) {
      case THREAD_CPUTIME, MONOTONIC_RAW, REALTIME_COARSE, MONOTONIC_COARSE ->
          throw new SysError(Errno.EOPNOTSUPP);
      default -> {}
    }
  }

  /** Whether it is a clock that somebody with the right capability could set. */
  static boolean isSettable(int clock) {
    return clock == REALTIME || clock < 0;
  }
}
