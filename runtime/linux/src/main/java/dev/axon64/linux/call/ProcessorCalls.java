package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;

/** Calls about the one processor that there is, the order of its accesses, and its memory. */
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

  // What get_mempolicy is asked: for a node, for an address, or for all nodes there are.
  private static final int POLICY_NODE = 1;
  private static final int POLICY_ADDRESS = 2;
  private static final int POLICY_ALLOWED = 4;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETCPU, this::getCpu);
    table.bind(SystemCall.MEMBARRIER, this::membarrier);
    table.bind(SystemCall.GET_MEMPOLICY, this::memoryPolicy);
    table.bind(SystemCall.SET_MEMPOLICY, this::setMemoryPolicy);
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

  /** All memory is on the one node, and no thread has a policy of its own. */
  private long memoryPolicy(Task task, long[] a) {
    boolean node = (a[4] & POLICY_NODE) != 0;
    boolean ofAddress = (a[4] & POLICY_ADDRESS) != 0;
    boolean allowed = (a[4] & POLICY_ALLOWED) != 0;
    if ((a[4] & ~(POLICY_NODE | POLICY_ADDRESS | POLICY_ALLOWED)) != 0
        || allowed && (node || ofAddress)
        || node && !ofAddress
        || !ofAddress && a[3] != 0
        || a[1] != 0 && a[2] < 1) {
      throw new SysError(Errno.EINVAL);
    }
    if (ofAddress && task.process.memory.space.mappingAt(SigInfo.untagged(a[3])) == null) {
      throw new SysError(Errno.EFAULT);
    }
    long bytes = (Math.max(0, a[2] - 1) + 63) / 64 * Long.BYTES;
    if (a[1] != 0 && bytes > AddressSpace.PAGE) {
      throw new SysError(Errno.EINVAL);
    }
    if (a[0] != 0) {
      task.cpu.memory.store32(a[0], 0); // the default policy, or node 0
    }
    if (a[1] != 0) {
      ByteBuffer nodes = Guest.struct((int) bytes);
      if (allowed && bytes > 0) {
        nodes.putLong(0, 1);
      }
      Guest.write(task, a[1], nodes);
    }
    return 0;
  }

  /** There is one node, so that no policy but the default one makes sense. */
  private long setMemoryPolicy(Task task, long[] a) {
    if ((int) a[0] != 0) {
      throw new SysError(Errno.EINVAL);
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
