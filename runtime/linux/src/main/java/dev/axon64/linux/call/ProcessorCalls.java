package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;

/** Calls about the one processor that there is, and the order of its accesses. */
final class ProcessorCalls implements CallGroup {
  private static final int QUERY = 0;
  private static final int GLOBAL = 1;
  private static final int GLOBAL_EXPEDITED = 2;
  private static final int REGISTER_GLOBAL_EXPEDITED = 4;
  private static final int PRIVATE_EXPEDITED = 8;
  private static final int REGISTER_PRIVATE_EXPEDITED = 16;
  private static final int PRIVATE_SYNC_CORE = 32;
  private static final int REGISTER_PRIVATE_SYNC_CORE = 64;
  private static final int ALL = 127;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETCPU, this::getCpu);
    table.bind(SystemCall.MEMBARRIER, this::membarrier);
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
    if (a[1] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    int command = (int) a[0];
    switch (command) {
      case QUERY -> {
        return ALL;
      }
      case GLOBAL, GLOBAL_EXPEDITED -> {}
      case PRIVATE_EXPEDITED, PRIVATE_SYNC_CORE -> {
        if ((task.process.memory.barriers & command << 1) == 0) {
          throw new SysError(Errno.EPERM);
        }
      }
      case REGISTER_GLOBAL_EXPEDITED, REGISTER_PRIVATE_EXPEDITED, REGISTER_PRIVATE_SYNC_CORE ->
          task.process.memory.barriers |= command;
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }
}
