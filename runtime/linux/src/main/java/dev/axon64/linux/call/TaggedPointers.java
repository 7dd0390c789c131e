package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import java.util.EnumSet;
import java.util.Set;

/**
 * Pointers whose top byte is used, as calls take them (tagged-address-abi of arch/arm64): only
 * threads that ask for it may pass them, but for ranges of memory that are to be changed.
 */
final class TaggedPointers {
  /** Calls about a range of memory, whose tag never matters. */
  private static final Set<SystemCall> OF_RANGES =
      EnumSet.of(
          SystemCall.MUNMAP,
          SystemCall.MREMAP,
          SystemCall.MPROTECT,
          SystemCall.MADVISE,
          SystemCall.MSYNC,
          SystemCall.MINCORE,
          SystemCall.MLOCK,
          SystemCall.MLOCK2,
          SystemCall.MUNLOCK);

  /** Calls that use none of their arguments as a pointer at once, or say themselves which. */
  private static final Set<SystemCall> NOT_CHECKED =
      EnumSet.of(
          SystemCall.MMAP,
          SystemCall.BRK,
          SystemCall.CLONE,
          SystemCall.PRCTL,
          SystemCall.PTRACE,
          SystemCall.PERSONALITY,
          SystemCall.SET_TID_ADDRESS,
          SystemCall.SET_ROBUST_LIST);

  private TaggedPointers() {}

  /** Takes tags from what may have them; fails with EFAULT if something else has one. */
  static void check(Task task, SystemCall call, long[] arguments) {
    if (OF_RANGES.contains(call)) {
      arguments[0] = SigInfo.untagged(arguments[0]);
      return;
    }
    if (task.tagsPointers || NOT_CHECKED.contains(call)) {
      return;
    }
    for (int i = 0; i < arguments.length; i++) {
      char letter = call.format().charAt(i);
      boolean pointer = letter == 's' || letter == 'x';
      if (pointer && SigInfo.untagged(arguments[i]) != arguments[i]) {
        throw new SysError(Errno.EFAULT);
      }
    }
  }
}
