package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;

/**
 * Calls about processors and priorities. There is one processor, and priorities are kept but have
 * no effect.
 */
final class SchedulingCalls implements CallGroup {
  private static final int MASK_SIZE = 8;
  private static final int MEMBARRIER_CMD_QUERY = 0;
  private static final int MEMBARRIER_LAST = 0x1ff;
  private static final int MEMBARRIER_SUPPORTED = 0x1f;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SCHED_YIELD, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETAFFINITY, this::getAffinity);
    table.bind(SystemCall.SCHED_SETAFFINITY, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETSCHEDULER, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_SETSCHEDULER, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETPARAM, this::getParameter);
    table.bind(SystemCall.SCHED_GET_PRIORITY_MAX, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GET_PRIORITY_MIN, Replies.SUCCESS);
    table.bind(SystemCall.SETPRIORITY, this::setPriority);
    table.bind(SystemCall.GETPRIORITY, (t, a) -> 20 - t.process.niceness); // as the kernel has it
    table.bind(SystemCall.IOPRIO_SET, Replies.SUCCESS);
    table.bind(SystemCall.IOPRIO_GET, Replies.SUCCESS);
    table.bind(SystemCall.GETCPU, this::getCpu);
    table.bind(SystemCall.MEMBARRIER, this::membarrier);
  }

  private long getAffinity(Task task, long[] a) {
    if (a[1] < MASK_SIZE || a[1] % MASK_SIZE != 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.cpu.memory.store64(a[2], 1);
    return MASK_SIZE;
  }

  private long getParameter(Task task, long[] a) {
    task.cpu.memory.store32(a[1], 0);
    return 0;
  }

  private long setPriority(Task task, long[] a) {
    task.process.niceness = (int) Math.clamp(a[2], -20L, 19L);
    return 0;
  }

  /** Processor and node are both 0. */
  private long getCpu(Task task, long[] a) {
    if (a[0] != 0) {
      task.cpu.memory.store32(a[0], 0);
    }
    if (a[1] != 0) {
      task.cpu.memory.store32(a[1], 0);
    }
    return 0;
  }

  /** Threads take turns on one host thread, so that every call already is a barrier. */
  private long membarrier(Task task, long[] a) {
    if (a[1] != 0 || a[0] < 0 || a[0] > MEMBARRIER_LAST) {
      throw new SysError(Errno.EINVAL);
    }
    return a[0] == MEMBARRIER_CMD_QUERY ? MEMBARRIER_SUPPORTED : 0;
  }
}
