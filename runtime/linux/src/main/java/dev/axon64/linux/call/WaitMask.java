package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Task;

/** The signals that a call blocks while it waits, in place of the thread's own. */
final class WaitMask {
  private WaitMask() {}

  /**
   * Blocks other signals until the call is over.
   *
   * @param address of the set; 0 to keep the thread's own
   * @param size of the set in bytes
   */
  static void set(Task task, long address, long size) {
    if (address != 0) {
      if (size != Long.BYTES) {
        throw new SysError(Errno.EINVAL);
      }
      long set = task.cpu.memory.load64(address);
      task.savedMask = task.blocked;
      task.blocked = set & ~Signals.UNBLOCKABLE;
    }
  }
}
