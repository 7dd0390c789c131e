package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder in memory. */
public final class MemoryFolder extends DirectoryNode {
  private static final int MOST_NAMES = 100_000;

  private final MemoryStore store;
  private final Inode inode;
  private final Map<String, Node> children = new TreeMap<>();
  private final FileNames names = new FileNames(this);
  private DirectoryNode parent;
  private String name;

  /**
   * An empty folder, which the caller puts into another one or mounts.
   *
   * @param parent the folder that {@code ..} leads to
   * @param name its name in the parent; empty for the base of the guest's root
   * @param mode permission bits
   */
  public MemoryFolder(MemoryStore store, DirectoryNode parent, String name, int mode) {
    this.store = store;
    this.inode = store.inode(Flags.S_IFDIR | mode & 07777);
    this.parent = parent;
    this.name = name;
  }

  @Override
  public Stat stat() {
    int folders = (int) children.values().stream().filter(MemoryFolder.class::isInstance).count();
    return inode.stat(40 + 20L * children.size(), inode.links == 0 ? 0 : 2 + folders);
  }

  @Override
  public DirectoryNode parent() {
    return parent;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Node lookup(String child) {
    return children.get(child);
  }

  @Override
  public List<String> names() {
    return List.copyOf(children.keySet());
  }

  /** Gives any node a name, while the tree is set up. */
  public void put(String child, Node node) {
    children.put(child, node);
  }

  /** Takes away what {@link #put} has put there. */
  public void take(String child) {
    children.remove(child);
  }

  private void checkAddition(String child) {
    store.checkWritable();
    if (children.containsKey(child)) {
      throw new SysError(Errno.EEXIST);
    }
    if (inode.links == 0) {
      throw new SysError(Errno.ENOENT);
    }
    if (children.size() >= MOST_NAMES) {
      throw new SysError(Errno.ENOSPC);
    }
  }

  private void add(String child, Node node) {
    checkAddition(child);
    children.put(child, node);
    inode.touch();
  }

  @Override
  public FileNode createFile(String child, int mode) {
    checkAddition(child);
    MemoryFile file = new MemoryFile(store, mode);
    add(child, file);
    return file;
  }

  @Override
  public Nameless createNameless(int mode, boolean linkable) {
    store.checkWritable();
    MemoryFile file = MemoryFile.nameless(store, mode);
    if (linkable) {
      file.allowName();
    }
    return new Nameless(file, file.open(true));
  }

  @Override
  public DirectoryNode createDirectory(String child, int mode) {
    checkAddition(child);
    MemoryFolder folder = new MemoryFolder(store, parentOf(), child, mode);
    add(child, folder);
    return folder;
  }

  /** The parent of folders in this one: itself, or the guest's root if this is its base. */
  private DirectoryNode parentOf() {
    return parent != this && name.isEmpty() ? parent : this;
  }

  @Override
  public void createLink(String child, String target) {
    checkAddition(child);
    add(child, new MemoryLink(store, target));
  }

  @Override
  public void createFifo(String child, int mode) {
    checkAddition(child);
    add(child, FifoNode.in(store, mode));
  }

  @Override
  public SocketNode createSocket(String child, int mode) {
    checkAddition(child);
    SocketNode node = SocketNode.in(store, mode);
    add(child, node);
    return node;
  }

  @Override
  public void addName(String child, Node node) {
    store.checkWritable();
    if (node instanceof DirectoryNode) {
      throw new SysError(Errno.EPERM);
    }
    Inode target = Inode.of(node);
    if (target == null) {
      throw new SysError(Errno.EXDEV);
    }
    if (target.links == 0 && !(node instanceof MemoryFile file && file.mayBeNamed())) {
      throw new SysError(Errno.ENOENT); // its last name has been removed
    }
    add(child, node);
    target.links++;
    target.changed = Instant.now();
  }

  @Override
  public void removeFile(String child) {
    store.checkWritable();
    Node node = children.get(child);
    if (node == null) {
      throw new SysError(Errno.ENOENT);
    }
    if (node instanceof DirectoryNode) {
      throw new SysError(Errno.EISDIR);
    }
    children.remove(child);
    names.remove(child);
    unlinked(node);
    inode.touch();
  }

  private void unlinked(Node node) {
    Inode target = Inode.of(node);
    if (target != null) {
      target.links--;
      target.changed = Instant.now();
      if (node instanceof MemoryFile file) {
        file.releaseIfUnused();
      } else if (target.links == 0) {
        target.free();
      }
    }
  }

  @Override
  public void removeDirectory(String child) {
    store.checkWritable();
    Node node = children.get(child);
    if (node == null) {
      throw new SysError(Errno.ENOENT);
    }
    if (!(node instanceof DirectoryNode folder)) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (!(folder instanceof MemoryFolder memory)) {
      throw new SysError(Errno.EBUSY);
    }
    if (!memory.children.isEmpty()) {
      throw new SysError(Errno.ENOTEMPTY);
    }
    memory.inode.links = 0;
    memory.inode.free();
    children.remove(child);
    inode.touch();
  }

  @Override
  public void rename(String child, DirectoryNode to, String newName) {
    store.checkWritable();
    if (!(to.unwrapped() instanceof MemoryFolder target)) {
      throw new SysError(Errno.EXDEV);
    }
    Node node = children.get(child);
    if (node == null) {
      throw new SysError(Errno.ENOENT);
    }
    Node replaced = target.children.get(newName);
    if (replaced == node) {
      return;
    }
    if (replaced instanceof DirectoryNode) {
      target.removeDirectory(newName);
    } else if (replaced != null) {
      target.removeFile(newName);
    }
    target.add(newName, node);
    children.remove(child);
    names.move(child, target.names, newName);
    inode.touch();
    if (node instanceof MemoryFolder folder) {
      folder.parent = target.parentOf();
      folder.name = newName;
    }
  }

  @Override
  public void exchange(String child, DirectoryNode to, String other) {
    store.checkWritable();
    if (!(to.unwrapped() instanceof MemoryFolder target)) {
      throw new SysError(Errno.EXDEV);
    }
    Node mine = children.get(child);
    Node theirs = target.children.get(other);
    names.exchange(child, target.names, other);
    take(child, theirs);
    target.take(other, mine);
  }

  /** Gives a name to a node that has another one so far. */
  private void take(String child, Node node) {
    children.put(child, node);
    if (node instanceof MemoryFolder folder) {
      folder.parent = parentOf();
      folder.name = child;
    }
    inode.touch();
  }

  @Override
  FileName hold(String child) {
    return names.hold(child);
  }

  @Override
  Attributes attributes() {
    return inode;
  }
}
