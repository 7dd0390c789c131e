package dev.axon64.system.share;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Files that the guest knows by numbers. All lie in the shared folder: names have no slash, and
 * links are followed by the guest alone.
 */
final class Nodes {
  static final long ROOT = 1;

  private static final class Node {
    final long number;
    final Path path;
    long known;

    Node(long number, Path path) {
      this.number = number;
      this.path = path;
    }
  }

  private final Map<Long, Node> byNumber = new HashMap<>();
  private final Map<Path, Node> byPath = new HashMap<>();
  private long last = ROOT;

  Nodes(Path root) {
    add(new Node(ROOT, root));
  }

  private void add(Node node) {
    byNumber.put(node.number, node);
    byPath.put(node.path, node);
  }

  /** Where a file is. */
  Path path(long number) throws FuseError {
    Node node = byNumber.get(number);
    if (node == null) {
      throw new FuseError(FuseError.NO_ENTRY);
    }
    return node.path;
  }

  /** Where a file of a folder is. */
  Path child(long folder, byte[] name) throws FuseError {
    String text = new String(name, StandardCharsets.UTF_8);
    if (text.isEmpty()
        || text.indexOf('/') >= 0
        || text.indexOf('\0') >= 0
        || text.equals(".")
        || text.equals("..")) {
      throw new FuseError(FuseError.NO_ENTRY);
    }
    try {
      return path(folder).resolve(text);
    } catch (InvalidPathException e) {
      throw new FuseError(FuseError.NO_ENTRY);
    }
  }

  /** The number of a file that the guest has found once more. */
  long find(Path path) {
    Node node = byPath.get(path);
    if (node == null) {
      node = new Node(++last, path);
      add(node);
    }
    node.known++;
    return node.number;
  }

  /** The guest forgets that it has found a file. */
  void forget(long number, long times) {
    Node node = byNumber.get(number);
    if (node == null || number == ROOT) {
      return;
    }
    node.known -= times;
    if (node.known <= 0) {
      byNumber.remove(number);
      byPath.remove(node.path);
    }
  }
}
