package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Reads the attributes of a file of the host, and never follows a link. */
final class HostStat {
  static final long DEVICE = 0x801;

  private HostStat() {}

  static Stat of(Path path) {
    try {
      return path.getFileSystem().supportedFileAttributeViews().contains("unix")
          ? unix(path)
          : basic(path);
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  private static Stat unix(Path path) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(
            path,
            "unix:ino,mode,nlink,uid,gid,size,lastAccessTime,lastModifiedTime,ctime",
            LinkOption.NOFOLLOW_LINKS);
    return new Stat(
        DEVICE,
        ((Number) all.get("ino")).longValue(),
        (int) all.get("mode"),
        (int) all.get("nlink"),
        (int) all.get("uid"),
        (int) all.get("gid"),
        0,
        (long) all.get("size"),
        instant(all.get("lastAccessTime")),
        instant(all.get("lastModifiedTime")),
        instant(all.get("ctime")));
  }

  private static Instant instant(Object time) {
    return ((FileTime) time).toInstant();
  }

  private static Stat basic(Path path) throws IOException {
    BasicFileAttributes a =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int mode =
        a.isSymbolicLink()
            ? Flags.S_IFLNK | 0777
            : a.isDirectory()
                ? Flags.S_IFDIR | 0755
                : a.isRegularFile() ? Flags.S_IFREG | 0755 : Flags.S_IFCHR | 0600;
    Instant modified = a.lastModifiedTime().toInstant();
    long inode = a.fileKey() == null ? path.toString().hashCode() : a.fileKey().hashCode();
    return new Stat(
        DEVICE,
        inode & 0xffffffffL,
        mode,
        1,
        0,
        0,
        0,
        a.size(),
        a.lastAccessTime().toInstant(),
        modified,
        modified);
  }
}
