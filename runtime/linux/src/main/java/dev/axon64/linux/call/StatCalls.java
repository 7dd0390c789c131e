package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Calls that tell about files and list folders. */
final class StatCalls implements CallGroup {
  private static final int STAT_SIZE = 128;
  private static final int STATX_SIZE = 256;
  private static final int STATX_BASIC = 0x7ff;
  private static final int STATX_SYNC = 0x6000;
  private static final long STATX_RESERVED = 0x80000000L;
  private static final int STATFS_SIZE = 120;
  private static final int TMPFS_MAGIC = 0x01021994;
  private static final int PROC_MAGIC = 0x9fa0;
  private static final int ST_VALID = 0x20;
  private static final int BLOCK = 4096;
  private static final int ENTRY_HEADER = 19;
  private static final long MOST_LISTED = 1 << 20;

  private final Kernel kernel;

  StatCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FSTAT, (t, a) -> put(t, a[1], Guest.file(t, a[0]).stat()));
    table.bind(SystemCall.NEWFSTATAT, (t, a) -> put(t, a[2], stat(t, a[0], a[1], a[3])));
    table.bind(SystemCall.STATX, this::statx);
    table.bind(SystemCall.STATFS, this::statfs);
    table.bind(SystemCall.FSTATFS, this::fstatfs);
    table.bind(SystemCall.GETDENTS64, this::getdents);
  }

  private static Stat stat(Task task, long folder, long address, long flags) {
    Guest.checkFlags(
        flags,
        Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_EMPTY_PATH | Flags.AT_NO_AUTOMOUNT | STATX_SYNC);
    String path = Guest.path(task, address);
    if (path.isEmpty() && (flags & Flags.AT_EMPTY_PATH) != 0) {
      return (int) folder == Flags.AT_FDCWD
          ? task.process.view.current.stat()
          : Guest.file(task, folder).stat();
    }
    return Guest.walk(task, folder, path, Guest.follows(flags)).existing().stat();
  }

  /** Writes a struct stat (asm-generic/stat.h). */
  private static long put(Task task, long address, Stat s) {
    ByteBuffer b = Guest.struct(STAT_SIZE);
    b.putLong(0, s.device()).putLong(8, s.inode()).putInt(16, s.mode()).putInt(20, s.links());
    b.putInt(24, s.uid()).putInt(28, s.gid()).putLong(32, s.special()).putLong(48, s.size());
    b.putInt(56, BLOCK).putLong(64, s.blocks());
    time(b, 72, s.accessed());
    time(b, 88, s.modified());
    time(b, 104, s.changed());
    Guest.write(task, address, b);
    return 0;
  }

  private static void time(ByteBuffer b, int at, Instant time) {
    b.putLong(at, time.getEpochSecond()).putLong(at + 8, time.getNano());
  }

  private long statx(Task task, long[] a) {
    boolean bothWays = (a[2] & STATX_SYNC) == STATX_SYNC;
    if (bothWays || (a[3] & STATX_RESERVED) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Stat s = stat(task, a[0], a[1], a[2]);
    ByteBuffer b = Guest.struct(STATX_SIZE);
    b.putInt(0, STATX_BASIC).putInt(4, BLOCK).putInt(16, s.links()).putInt(20, s.uid());
    b.putInt(24, s.gid()).putShort(28, (short) s.mode()).putLong(32, s.inode());
    b.putLong(40, s.size()).putLong(48, s.blocks());
    statxTime(b, 64, s.accessed());
    statxTime(b, 96, s.changed());
    statxTime(b, 112, s.modified());
    device(b, 128, s.special());
    device(b, 136, s.device());
    Guest.write(task, a[4], b);
    return 0;
  }

  private static void statxTime(ByteBuffer b, int at, Instant time) {
    b.putLong(at, time.getEpochSecond()).putInt(at + 8, time.getNano());
  }

  private static void device(ByteBuffer b, int at, long device) {
    b.putInt(at, (int) (device >> 8 & 0xfff));
    b.putInt(at + 4, (int) (device & 0xff | device >> 12 & ~0xffL));
  }

  private long statfs(Task task, long[] a) {
    return putStatfs(task, a[1], Guest.existing(task, Flags.AT_FDCWD, a[0], true).stat());
  }

  private long fstatfs(Task task, long[] a) {
    return putStatfs(task, a[1], Guest.file(task, a[0]).stat());
  }

  private long putStatfs(Task task, long address, Stat of) {
    ByteBuffer b = Guest.struct(STATFS_SIZE);
    boolean proc = of.device() == Stat.PROC;
    b.putLong(0, proc ? PROC_MAGIC : TMPFS_MAGIC).putLong(8, BLOCK);
    b.putLong(64, 255).putLong(72, BLOCK).putLong(80, ST_VALID);
    b.putInt(56, (int) of.device());
    if (proc) {
      Guest.write(task, address, b);
      return 0;
    }
    b.putLong(16, kernel.temporary.most() / BLOCK);
    b.putLong(24, kernel.temporary.free() / BLOCK).putLong(32, kernel.temporary.free() / BLOCK);
    b.putLong(40, 1 << 20).putLong(48, 1 << 19);
    Guest.write(task, address, b);
    return 0;
  }

  /** Writes entries as struct linux_dirent64: inode, next position, length, type, name. */
  private long getdents(Task task, long[] a) {
    if (!(Guest.usable(task, a[0]) instanceof DirectoryFile directory)) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (directory.stat().links() == 0) {
      throw new SysError(Errno.ENOENT); // it has been removed
    }
    long room = Math.min(a[2] & 0xffffffffL, MOST_LISTED);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (var entry = directory.current(); entry != null; entry = directory.current()) {
      byte[] name = GuestText.bytes(entry.name());
      int length = ENTRY_HEADER + name.length + 1 + 7 & -8;
      if (all.size() + length > room) {
        if (all.size() == 0) {
          throw new SysError(Errno.EINVAL);
        }
        break;
      }
      ByteBuffer b = Guest.struct(length);
      b.putLong(0, entry.inode()).putLong(8, directory.nextCookie()).putShort(16, (short) length);
      b.put(18, (byte) (entry.type() >> 12)).put(ENTRY_HEADER, name);
      all.writeBytes(b.array());
      directory.advance();
    }
    task.cpu.memory.write(a[1], all.toByteArray());
    return all.size();
  }
}
