package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Reads the attributes of a file of the host, and never follows a link. */
final class HostStat {
  static final long DEVICE = 0x801;

  /** Bytes from which on it is worth to ask for gaps, for which Java has no method. */
  private static final long LARGE = 1 << 20;

  private HostStat() {}

  /** What was found, and the file that it was found of. */
  record Seen(Stat stat, HostInode.Id id) {}

  static Stat of(Path path) {
    return of(new HostInode.Way(path, false)).stat();
  }

  /** The attributes of what a way leads to. */
  static Seen of(HostInode.Way way) {
    try {
      return way.path().getFileSystem().supportedFileAttributeViews().contains("unix")
          ? unix(way)
          : basic(way);
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  private static Seen unix(HostInode.Way way) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(
            way.path(),
            "unix:dev,ino,mode,nlink,uid,gid,size,lastAccessTime,lastModifiedTime,ctime",
            way.options());
    Stat stat = stat(all);
    if (stat.size() >= LARGE && stat.type() == Flags.S_IFREG && HostCalls.available()) {
      stat = stat.storing(HostStorage.stored(way));
    }
    return new Seen(stat, new HostInode.Id(((Number) all.get("dev")).longValue(), all.get("ino")));
  }

  private static Stat stat(Map<String, Object> all) {
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

  private static Seen basic(HostInode.Way way) throws IOException {
    BasicFileAttributes a =
        Files.readAttributes(way.path(), BasicFileAttributes.class, way.options());
    int mode =
        a.isSymbolicLink()
            ? Flags.S_IFLNK | 0777
            : a.isDirectory()
                ? Flags.S_IFDIR | 0755
                : a.isRegularFile() ? Flags.S_IFREG | 0755 : Flags.S_IFCHR | 0600;
    Instant modified = a.lastModifiedTime().toInstant();
    Object key = a.fileKey() == null ? way.path().toString() : a.fileKey();
    Stat stat =
        new Stat(
            DEVICE,
            key.hashCode() & 0xffffffffL,
            mode,
            1,
            0,
            0,
            0,
            a.size(),
            a.lastAccessTime().toInstant(),
            modified,
            modified);
    return new Seen(stat, new HostInode.Id(0, key));
  }
}
