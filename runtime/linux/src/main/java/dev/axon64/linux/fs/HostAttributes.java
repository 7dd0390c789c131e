package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
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

  private static boolean hasUnixView(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) {
    tree.change(
        () -> {
          HostInode.Way to = way.get();
          Files.getFileAttributeView(to.path(), BasicFileAttributeView.class, to.options())
              .setTimes(
                  modified == null ? null : FileTime.from(modified),
                  accessed == null ? null : FileTime.from(accessed),
                  null);
        });
  }

  @Override
  public boolean isWritable() {
    return tree.isWritable();
  }
}
