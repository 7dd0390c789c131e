package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Resolve;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;

/**
 * How something is to be opened (struct open_how).
 *
 * @param flags bits O_
 * @param mode permissions of a new file
 * @param resolve bits of {@link Resolve}
 */
record OpenHow(int flags, int mode, int resolve) {
  /** Bytes of the structure's first version. */
  private static final int SIZE = 24;

  /** Bits that O_PATH goes with; others do nothing there. */
  private static final int WITH_PATH =
      Flags.O_DIRECTORY | Flags.O_NOFOLLOW | Flags.O_PATH | Flags.O_CLOEXEC;

  /** All bits that there are. */
  private static final int KNOWN = 0x7fffc3;

  private static final int TMPFILE = Flags.O_TMPFILE & ~Flags.O_DIRECTORY;

  /** What openat asks for, which leaves out what it does not know. */
  static OpenHow of(long flags, long mode) {
    int known = (int) flags & KNOWN;
    boolean path = (known & Flags.O_PATH) != 0;
    boolean creates = (known & (Flags.O_CREAT | TMPFILE)) != 0;
    return new OpenHow(path ? known & WITH_PATH : known, creates ? (int) mode & 07777 : 0, 0);
  }

  /** What openat2 asks for; fails if it does not know something of that. */
  static OpenHow read(Task task, long address, long size) {
    if (Long.compareUnsigned(size, SIZE) < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (Long.compareUnsigned(size, AddressSpace.PAGE) > 0) {
      throw new SysError(Errno.E2BIG);
    }
    ByteBuffer how = Guest.struct(task, address, (int) size);
    for (int i = SIZE; i < size; i++) {
      if (how.get(i) != 0) {
        throw new SysError(Errno.E2BIG);
      }
    }
    long flags = how.getLong(0);
    long mode = how.getLong(8);
    long resolve = how.getLong(16);
    boolean creates = (flags & (Flags.O_CREAT | TMPFILE)) != 0;
    boolean path = (flags & Flags.O_PATH) != 0;
    boolean both = (resolve & Resolve.BENEATH) != 0 && (resolve & Resolve.IN_ROOT) != 0;
    if ((flags & ~KNOWN) != 0
        || (resolve & ~Resolve.KNOWN) != 0
        || both
        || (mode & (creates ? ~07777L : ~0L)) != 0
        || path && (flags & ~WITH_PATH) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if ((resolve & Resolve.CACHED) != 0
        && (flags & (Flags.O_TRUNC | Flags.O_CREAT | TMPFILE)) != 0) {
      throw new SysError(Errno.EAGAIN);
    }
    return new OpenHow((int) flags, (int) mode, (int) resolve);
  }

  /** Fails with EINVAL if flags contradict each other. */
  void check() {
    boolean nameless = (flags & TMPFILE) != 0;
    boolean writes = (flags & Flags.O_ACCMODE) != Flags.O_RDONLY;
    boolean folder = (flags & Flags.O_DIRECTORY) != 0;
    boolean creates = (flags & Flags.O_CREAT) != 0;
    if (folder && creates || nameless && (!folder || !writes)) {
      throw new SysError(Errno.EINVAL);
    }
  }
}
