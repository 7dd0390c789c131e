package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.lock.FileLocks;
import dev.axon64.linux.lock.LinuxHostLocks;
import dev.axon64.machine.memory.HostPages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A regular file of the host that the guest has open, whatever its names are now. Without a name it
 * is reached through one of the descriptors that the JVM has of it, which Linux shows as links.
 */
final class HostInode {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** What tells it from all other files of the host, for as long as it is open. */
  record Id(long device, Object inode) {}

  /**
   * A path that leads to it now.
   *
   * @param link whether the path is a link that must be followed
   */
  record Way(Path path, boolean link) {
    LinkOption[] options() {
      return link ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    }

    FileChannel open(boolean write) throws IOException {
      Set<OpenOption> options =
          write
              ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
              : Set.of(StandardOpenOption.READ);
      Set<OpenOption> all = new HashSet<>(options);
      all.addAll(Set.of(options()));
      return FileChannel.open(path, all);
    }
  }

  final Id id;
  final HostPages pages;
  final FileLocks locks;
  final WriterCount writers = new WriterCount();
  private final HostTree tree;
  private int opened;
  private Path descriptor;

  HostInode(HostTree tree, Id id, HostPages.Opener opener) {
    this.tree = tree;
    this.id = id;
    this.pages = new HostPages(tree.memory(), opener);
    this.locks = new FileLocks(() -> LinuxHostLocks.of(() -> byDescriptor().path().toString()));
  }

  /** Counts one more who has it open. */
  void open() {
    opened++;
  }

  /** Counts one less; with the last one it is forgotten. */
  void close() {
    if (--opened == 0) {
      locks.close();
      tree.forget(this);
    }
  }

  /** A way that needs no name. */
  Way byDescriptor() {
    try {
      if (descriptor != null && isMine(descriptor)) {
        return new Way(descriptor, true);
      }
      try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
        for (Path each : all) {
          if (isMine(each)) {
            descriptor = each;
            return new Way(each, true);
          }
        }
      }
    } catch (IOException e) {
      throw HostTree.error(e);
    } catch (DirectoryIteratorException e) {
      throw HostTree.error(e.getCause());
    }
    throw new SysError(Errno.ENOENT);
  }

  private boolean isMine(Path path) {
    try {
      return HostStat.of(new Way(path, true)).id().equals(id);
    } catch (SysError closed) {
      return false;
    }
  }
}
