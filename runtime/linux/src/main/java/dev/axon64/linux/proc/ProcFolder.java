package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** A folder of /proc, whose contents are made when somebody looks into it. */
final class ProcFolder extends DirectoryNode implements ProcessNode {
  private final DirectoryNode parent;
  private final String name;
  private final int mode;
  private final ProcOwner owner;
  private final Function<ProcFolder, Map<String, Node>> children;

  /** Finds what has a name but is not listed; gives null for what is not there either. */
  private final Function<String, Node> unlisted;

  /**
   * A folder in another one.
   *
   * @param children makes what is in the folder
   */
  ProcFolder(
      DirectoryNode parent,
      String name,
      ProcOwner owner,
      Function<ProcFolder, Map<String, Node>> children) {
    this(parent, name, 0555, owner, children, child -> null);
  }

  ProcFolder(
      DirectoryNode parent,
      String name,
      int mode,
      ProcOwner owner,
      Function<ProcFolder, Map<String, Node>> children,
      Function<String, Node> unlisted) {
    this.parent = parent;
    this.name = name;
    this.mode = mode;
    this.owner = owner;
    this.children = children;
    this.unlisted = unlisted;
  }

  ProcOwner owner() {
    return owner;
  }

  @Override
  public Process itsProcess() {
    Process process = owner.process();
    return process != null && path().equals("/proc/" + process.id) ? process : null;
  }

  /** A folder in this one, with the same owner. */
  void folder(
      Map<String, Node> all, String child, Function<ProcFolder, Map<String, Node>> contents) {
    all.put(child, new ProcFolder(this, child, owner, contents));
  }

  /** A file in this one that anybody may read. */
  void text(Map<String, Node> all, String child, Supplier<String> text) {
    text(all, child, 0444, text);
  }

  /** A file in this one. */
  void text(Map<String, Node> all, String child, int permissions, Supplier<String> text) {
    all.put(child, ProcText.of(owner, permissions, path(child), text));
  }

  /** A file in this one that can be written. */
  void text(Map<String, Node> all, String child, Supplier<String> text, ProcText.Writer writer) {
    all.put(child, ProcText.of(owner, 0644, path(child), text).written(writer));
  }

  /** A link in this one that leads to a node, whatever its text says. */
  void link(Map<String, Node> all, String child, String target, Node jump) {
    all.put(child, new ProcLink(owner, 0777, path(child), target, jump));
  }

  /** The contents of a folder that are made of names and texts alone. */
  static Map<String, Node> texts(ProcFolder folder, Map<String, Supplier<String>> texts) {
    Map<String, Node> all = new TreeMap<>();
    texts.forEach((child, text) -> folder.text(all, child, text));
    return all;
  }

  @Override
  public Stat stat() {
    return owner.stat(Flags.S_IFDIR | mode, path());
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
    Node node = children.apply(this).get(child);
    return node == null ? unlisted.apply(child) : node;
  }

  @Override
  public List<String> names() {
    return List.copyOf(children.apply(this).keySet());
  }

  @Override
  protected int refusesAddition() {
    return Errno.ENOENT;
  }

  @Override
  protected int refusesRemoval() {
    return Errno.EPERM;
  }

  @Override
  public void rename(String child, DirectoryNode to, String newName) {
    boolean there = !(to instanceof ProcFolder) || to.lookup(newName) != null;
    throw new SysError(there ? Errno.EPERM : Errno.ENOENT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProcFolder folder && folder.path().equals(path());
  }

  @Override
  public int hashCode() {
    return path().hashCode();
  }
}
