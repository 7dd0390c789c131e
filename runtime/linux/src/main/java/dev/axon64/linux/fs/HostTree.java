package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.HostPages;
import dev.axon64.machine.memory.MemoryLimit;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A folder of the host that is the guest's root. The guest's changes go through {@link HostFolder},
 * which knows where each folder lies now. Before any access the host is asked where that place
 * really is, so that a link that somebody else has put there cannot lead out either.
 */
public final class HostTree {
  /** Bytes for named pipes and sockets where nobody gives a store. */
  private static final long OWN_STORE = 1 << 20;

  private final Path root;
  private final boolean writable;
  private final RootDirectory guestRoot;
  private final HostFolder top;
  private final MemoryLimit memory;
  private final KeptNodes kept;

  /** Whether the host lets us give files to others; null until that was asked. */
  private Boolean givesAway;

  /** Counts the host's descriptors that the guest's open files take. */
  final HostDescriptors descriptors = new HostDescriptors();

  /** The files that the guest has open. */
  private final Map<HostInode.Id, HostInode> inodes = new HashMap<>();

  /**
   * Shows a folder.
   *
   * @param root the folder; must exist
   * @param writable whether the guest may change what is in it
   * @param guestRoot the guest's root, which the caller gives the folder as its base
   * @param memory of the processes that map its files
   * @param store of what is in memory only: named pipes and sockets
   * @throws IOException if the folder cannot be found
   */
  public HostTree(
      Path root, boolean writable, RootDirectory guestRoot, MemoryLimit memory, MemoryStore store)
      throws IOException {
    this.memory = memory;
    this.kept = new KeptNodes(store);
    this.root = root.toRealPath();
    this.writable = writable;
    this.guestRoot = guestRoot;
    this.top = new HostFolder(this, null, "");
  }

  /** Shows a folder whose files are mapped by nobody else's spaces. */
  public HostTree(Path root, boolean writable, RootDirectory guestRoot) throws IOException {
    this(
        root,
        writable,
        guestRoot,
        new MemoryLimit(Long.MAX_VALUE),
        new MemoryStore(OWN_STORE, 0, 0));
  }

  /** The named pipes and sockets in its folders. */
  KeptNodes kept() {
    return kept;
  }

  MemoryLimit memory() {
    return memory;
  }

  /** An open file, the same for all who open it. */
  HostInode inode(HostInode.Id id, HostPages.Opener opener) {
    return inodes.computeIfAbsent(id, key -> new HostInode(this, id, opener));
  }

  void forget(HostInode inode) {
    inodes.remove(inode.id);
  }

  /** Looks whether the host has cut files that are mapped, and takes away what is lost. */
  public void check() {
    for (HostInode inode : inodes.values()) {
      inode.pages.check();
    }
  }

  /** The node of the folder. */
  public DirectoryNode top() {
    return top;
  }

  boolean isWritable() {
    return writable;
  }

  RootDirectory guestRoot() {
    return guestRoot;
  }

  /** Whether the host lets us give files to others, as it lets its superuser. */
  boolean mayGiveAway() {
    if (givesAway == null) {
      givesAway = isSuperuser();
    }
    return givesAway;
  }

  private static boolean isSuperuser() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | RuntimeException e) {
      return false; // not a host of that kind
    }
  }

  void checkWritable() {
    if (!writable) {
      throw new SysError(Errno.EROFS);
    }
  }

  /** A change of files that the host makes. */
  interface HostAction {
    void run() throws IOException;
  }

  /** Makes a change; fails if the guest may not change the tree. */
  void change(HostAction action) {
    checkWritable();
    try {
      action.run();
    } catch (IOException e) {
      throw error(e);
    } catch (UnsupportedOperationException e) {
      throw new SysError(Errno.EPERM);
    }
  }

  /** Where a folder really lies; fails if that is not within the root. */
  Path place(HostFolder folder) {
    Path path = root;
    try {
      path = folder.below(root).toRealPath();
    } catch (IOException e) {
      throw error(e);
    }
    if (!path.startsWith(root)) {
      throw new SysError(Errno.EACCES);
    }
    return path;
  }

  /** The error number for an exception of the host. */
  static SysError error(IOException e) {
    int errno =
        switch (e) {
          case NoSuchFileException gone -> Errno.ENOENT;
          case FileAlreadyExistsException there -> Errno.EEXIST;
          case AccessDeniedException denied -> Errno.EACCES;
          case DirectoryNotEmptyException full -> Errno.ENOTEMPTY;
          case NotDirectoryException no -> Errno.ENOTDIR;
          case FileSystemLoopException loop -> Errno.ELOOP;
          case AtomicMoveNotSupportedException other -> Errno.EXDEV;
          case FileSystemException other -> byReason(other.getReason());
          default -> byReason(e.getMessage());
        };
    return new SysError(errno);
  }

  private static int byReason(String reason) {
    String text = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
    if (text.contains("no space")) {
      return Errno.ENOSPC;
    }
    if (text.contains("broken pipe")) {
      return Errno.EPIPE;
    }
    if (text.contains("bad file descriptor")) {
      return Errno.EBADF;
    }
    if (text.contains("quota")) {
      return Errno.EDQUOT;
    }
    if (text.contains("open files in system")) {
      return Errno.ENFILE;
    }
    if (text.contains("too many open files")) {
      return Errno.EMFILE;
    }
    if (text.contains("text file busy")) {
      return Errno.ETXTBSY;
    }
    if (text.contains("not a directory")) {
      return Errno.ENOTDIR;
    }
    if (text.contains("is a directory")) {
      return Errno.EISDIR;
    }
    if (text.contains("symbolic links")) {
      return Errno.ELOOP;
    }
    if (text.contains("name too long")) {
      return Errno.ENAMETOOLONG;
    }
    if (text.contains("not permitted")) {
      return Errno.EPERM;
    }
    if (text.contains("read-only")) {
      return Errno.EROFS;
    }
    if (text.contains("not empty")) {
      return Errno.ENOTEMPTY;
    }
    if (text.contains("invalid argument")) {
      return Errno.EINVAL;
    }
    if (text.contains("too large")) {
      return Errno.EFBIG;
    }
    return text.contains("cross-device") ? Errno.EXDEV : Errno.EIO;
  }
}
