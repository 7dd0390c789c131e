package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Changes the attributes of something on the host; of a link its own, never those of its target.
 *
 * @param way tells how it is reached now
 */
record HostAttributes(HostTree tree, Supplier<HostInode.Way> way) implements Attributes {
  private static final long UTIME_OMIT = 0x3ffffffe;

  @Override
  public void chmod(int mode) {
    tree.change(() -> setMode(way.get(), mode));
  }

  static void setMode(HostInode.Way way, int mode) throws IOException {
    if (!way.link() && Files.isSymbolicLink(way.path())) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    if (hasUnixView(way.path())) {
      Files.setAttribute(way.path(), "unix:mode", mode & 07777, way.options());
    }
  }

  @Override
  public void chown(int uid, int gid) {
    tree.change(
        () -> {
          HostInode.Way to = way.get();
          if (!hasUnixView(to.path())) {
            throw new SysError(Errno.EPERM);
          }
          if (uid != -1) {
            Files.setAttribute(to.path(), "unix:uid", uid, to.options());
          }
          if (gid != -1) {
            Files.setAttribute(to.path(), "unix:gid", gid, to.options());
          }
        });
  }

  @Override
  public void own(int uid, int gid, int mode) {
    HostInode.Way to = way.get();
    Stat now = HostStat.of(to).stat();
    if (tree.mayGiveAway() && (now.uid() != uid || now.gid() != gid)) {
      chown(uid, gid);
      now = HostStat.of(to).stat();
    }
    boolean link = now.type() == Flags.S_IFLNK;
    if (!link && (now.mode() & 07777) != (mode & 07777)) {
      chmod(mode);
    }
  }

  private static boolean hasUnixView(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) {
    tree.change(
        () -> {
          HostInode.Way to = way.get();
          if (isEarly(accessed) || isEarly(modified)) {
            setEarlyTimes(to, accessed, modified);
            return;
          }
          Files.getFileAttributeView(to.path(), BasicFileAttributeView.class, to.options())
              .setTimes(
                  modified == null ? null : FileTime.from(modified),
                  accessed == null ? null : FileTime.from(accessed),
                  null);
        });
  }

  /** Whether a time lies before 1970, where Java sets whole seconds only. */
  private static boolean isEarly(Instant time) {
    return time != null && time.getEpochSecond() < 0;
  }

  private static void setEarlyTimes(HostInode.Way to, Instant accessed, Instant modified) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment times = arena.allocate(32, 8);
      put(times, 0, accessed);
      put(times, 16, modified);
      int flags = to.link() ? 0 : Flags.AT_SYMLINK_NOFOLLOW;
      HostCalls.call("utimensat", HostCalls.HERE, HostCalls.path(arena, to.path()), times, flags);
    }
  }

  private static void put(MemorySegment times, long at, Instant time) {
    times.set(ValueLayout.JAVA_LONG, at, time == null ? 0 : time.getEpochSecond());
    times.set(ValueLayout.JAVA_LONG, at + 8, time == null ? UTIME_OMIT : time.getNano());
  }

  @Override
  public ExtendedAttributes extended() {
    return new HostExtended(tree, way);
  }

  @Override
  public boolean givesIds() {
    return tree.mayGiveAway();
  }

  @Override
  public boolean isWritable() {
    return tree.isWritable();
  }
}
