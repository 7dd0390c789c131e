package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Changes the attributes of something on the host; of a link its own, never those of its target.
 *
 * @param place tells where it lies now
 */
record HostAttributes(HostTree tree, Supplier<Path> place) implements Attributes {
  @Override
  public void chmod(int mode) {
    tree.change(() -> setMode(place.get(), mode));
  }

  static void setMode(Path path, int mode) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    if (hasUnixView(path)) {
      Files.setAttribute(path, "unix:mode", mode & 07777, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @Override
  public void chown(int uid, int gid) {
    tree.change(
        () -> {
          Path path = place.get();
          if (!hasUnixView(path)) {
            throw new SysError(Errno.EPERM);
          }
          if (uid != -1) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
          }
          if (gid != -1) {
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
          }
        });
  }

  private static boolean hasUnixView(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) {
    tree.change(
        () ->
            Files.getFileAttributeView(
                    place.get(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(
                    modified == null ? null : FileTime.from(modified),
                    accessed == null ? null : FileTime.from(accessed),
                    null));
  }

  @Override
  public boolean isWritable() {
    return tree.isWritable();
  }
}
