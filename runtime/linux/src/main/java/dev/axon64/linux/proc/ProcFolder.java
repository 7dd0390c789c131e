package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A folder of /proc, whose contents are made when somebody looks into it. */
final class ProcFolder extends DirectoryNode {
  static final long DEVICE = 0x14;

  private final DirectoryNode parent;
  private final String name;
  private final Function<ProcFolder, Map<String, Node>> children;

  /**
   * A folder in another one.
   *
   * @param children makes what is in the folder
   */
  ProcFolder(DirectoryNode parent, String name, Function<ProcFolder, Map<String, Node>> children) {
    this.parent = parent;
    this.name = name;
    this.children = children;
  }

  @Override
  public Stat stat() {
    return stat(Flags.S_IFDIR | 0555, path());
  }

  /** Attributes of a node of /proc, whose inode number follows from its path. */
  static Stat stat(int mode, String path) {
    Instant now = Instant.EPOCH;
    long inode = path.hashCode() & 0x7fffffffL | 1;
    return new Stat(DEVICE, inode, mode, 1, 0, 0, 0, 0, now, now, now);
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
    return children.apply(this).get(child);
  }

  @Override
  public List<String> names() {
    return List.copyOf(children.apply(this).keySet());
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
