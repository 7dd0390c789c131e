package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The named pipes and sockets of guests in folders of the host. They are in memory: the host has
 * none of them, and they are gone after the run.
 */
final class KeptNodes {
  private final MemoryStore store;
  private final Map<HostFolder, Map<String, Node>> folders = new IdentityHashMap<>();

  /** None yet; their inodes are the store's. */
  KeptNodes(MemoryStore store) {
    this.store = store;
  }

  /** What has a name in a folder, or null. */
  Node find(HostFolder folder, String name) {
    Map<String, Node> names = folders.get(folder);
    return names == null ? null : names.get(name);
  }

  /** The names in a folder. */
  List<String> names(HostFolder folder) {
    Map<String, Node> names = folders.get(folder);
    return names == null ? List.of() : List.copyOf(names.keySet());
  }

  void addFifo(HostFolder folder, String name, int mode) {
    put(folder, name, FifoNode.in(store, mode));
  }

  SocketNode addSocket(HostFolder folder, String name, int mode) {
    SocketNode node = SocketNode.in(store, mode);
    put(folder, name, node);
    return node;
  }

  /** Gives a node a further name; false if it is none of these. */
  boolean link(HostFolder folder, String name, Node node) {
    if (!(node instanceof FifoNode) && !(node instanceof SocketNode)) {
      return false;
    }
    Inode inode = Inode.of(node);
    if (inode.links == 0) {
      throw new SysError(Errno.ENOENT);
    }
    put(folder, name, node);
    inode.links++;
    return true;
  }

  private void put(HostFolder folder, String name, Node node) {
    folders.computeIfAbsent(folder, key -> new TreeMap<>()).put(name, node);
  }

  /** Removes a name; false if none of these has it. */
  boolean remove(HostFolder folder, String name) {
    Node node = take(folder, name);
    if (node == null) {
      return false;
    }
    Inode inode = Inode.of(node);
    if (--inode.links == 0) {
      store.giveBack(Inode.ROOM);
    }
    return true;
  }

  private Node take(HostFolder folder, String name) {
    Map<String, Node> names = folders.get(folder);
    Node node = names == null ? null : names.remove(name);
    if (names != null && names.isEmpty()) {
      folders.remove(folder);
    }
    return node;
  }

  /** Moves a name, which the caller has made free. */
  void move(HostFolder folder, String name, HostFolder to, String newName) {
    put(to, newName, take(folder, name));
  }
}
