package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The guest's root: a folder with others mounted over some of its names. */
public final class RootDirectory extends DirectoryNode {
  private final Map<String, DirectoryNode> mounts = new TreeMap<>();
  private DirectoryNode base;

  /** Where absolute paths are looked for first; null if nowhere. */
  private DirectoryNode sysroot;

  /** Sets the folder whose names show where nothing is mounted. */
  public void setBase(DirectoryNode folder) {
    base = folder;
  }

  /** Sets a folder in which absolute paths are looked for first, as qemu-user's {@code -L} does. */
  public void setSysroot(DirectoryNode folder) {
    sysroot = folder;
  }

  /** The folder in which this absolute path is looked for first; null if it is here alone. */
  DirectoryNode sysroot(String path) {
    if (sysroot == null || mounts.containsKey(firstName(path))) {
      return null;
    }
    return sysroot;
  }

  private static String firstName(String path) {
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
        return name;
      }
    }
    return "";
  }

  /** Mounts a folder over a name. */
  public void mount(String name, DirectoryNode folder) {
    mounts.put(name, folder);
  }

  /** The names over which folders are mounted. */
  public List<String> mounts() {
    return List.copyOf(mounts.keySet());
  }

  @Override
  public Stat stat() {
    return base.stat();
  }

  @Override
  public DirectoryNode parent() {
    return this;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public Node lookup(String name) {
    DirectoryNode mount = mounts.get(name);
    return mount != null ? mount : base.lookup(name);
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(base.names());
    mounts.keySet().stream().filter(n -> !names.contains(n)).forEach(names::add);
    return names;
  }

  private void checkFree(String name) {
    if (mounts.containsKey(name)) {
      throw new SysError(Errno.EBUSY);
    }
  }

  @Override
  public FileNode createFile(String name, int mode) {
    return base.createFile(name, mode);
  }

  @Override
  public Nameless createNameless(int mode, boolean linkable) {
    return base.createNameless(mode, linkable);
  }

  @Override
  public DirectoryNode createDirectory(String name, int mode) {
    return base.createDirectory(name, mode);
  }

  @Override
  public void createLink(String name, String target) {
    base.createLink(name, target);
  }

  @Override
  public void createFifo(String name, int mode) {
    base.createFifo(name, mode);
  }

  @Override
  public SocketNode createSocket(String name, int mode) {
    return base.createSocket(name, mode);
  }

  @Override
  public void addName(String name, Node node) {
    base.addName(name, node);
  }

  @Override
  public void removeFile(String name) {
    checkFree(name);
    base.removeFile(name);
  }

  @Override
  public void removeDirectory(String name) {
    checkFree(name);
    base.removeDirectory(name);
  }

  @Override
  public void rename(String name, DirectoryNode to, String newName) {
    checkFree(name);
    base.rename(name, to, newName);
  }

  @Override
  public void exchange(String name, DirectoryNode to, String other) {
    checkFree(name);
    base.exchange(name, to, other);
  }

  @Override
  FileName hold(String name) {
    return base.hold(name);
  }

  @Override
  DirectoryNode unwrapped() {
    return base;
  }

  @Override
  Attributes attributes() {
    return base.attributes();
  }
}
