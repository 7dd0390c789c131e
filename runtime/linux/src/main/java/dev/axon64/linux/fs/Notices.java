package dev.axon64.linux.fs;

import dev.axon64.linux.abi.SysError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who watches files and folders, and tells them what guests do with these (inotify(7)). As long as
 * nobody watches, telling costs nothing.
 */
public final class Notices {
  public static final int ACCESS = 0x1;
  public static final int MODIFY = 0x2;
  public static final int ATTRIB = 0x4;
  public static final int CLOSE_WRITE = 0x8;
  public static final int CLOSE_NOWRITE = 0x10;
  public static final int OPEN = 0x20;
  public static final int MOVED_FROM = 0x40;
  public static final int MOVED_TO = 0x80;
  public static final int CREATE = 0x100;
  public static final int DELETE = 0x200;
  public static final int DELETE_SELF = 0x400;
  public static final int MOVE_SELF = 0x800;

  /** What happened, happened to a folder. */
  public static final int IS_FOLDER = 0x4000_0000;

  /** It happened to a file that has lost its name. */
  public static final int UNLINKED = 0x0010_0000;

  private final Map<Id, List<Listener>> all = new HashMap<>();
  private final Set<Id> leaving = new HashSet<>();
  private final Supplier<Stream<OpenFile>> open;
  private int lastCookie;

  /**
   * @param open all files that guests have open
   */
  public Notices(Supplier<Stream<OpenFile>> open) {
    this.open = open;
  }

  /** Which file, folder or other node; the same for all its names. */
  public record Id(long device, long inode) {
    /** That of a node. */
    public static Id of(Node node) {
      Stat stat = node.stat();
      return new Id(stat.device(), stat.inode());
    }
  }

  /** Who is told what happens to one node. */
  public interface Listener {
    /**
     * Called for everything that happens.
     *
     * @param event one of the events, with {@link #IS_FOLDER} where that holds
     * @param cookie the same for both names of a move; otherwise 0
     * @param name in the folder that is watched; empty if it happened to what is watched itself
     */
    void happened(int event, int cookie, String name);

    /** The node is gone. */
    void gone();
  }

  /** Tells a listener of a node from now on. */
  public void add(Id id, Listener listener) {
    all.computeIfAbsent(id, key -> new ArrayList<>()).add(listener);
  }

  /** Does not tell it any more. */
  public void remove(Id id, Listener listener) {
    List<Listener> listeners = all.get(id);
    if (listeners != null && listeners.remove(listener) && listeners.isEmpty()) {
      all.remove(id);
    }
  }

  /** Whether nobody watches anything. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  private void tell(Id id, int event, int cookie, String name) {
    List<Listener> listeners = all.get(id);
    if (listeners != null) {
      List.copyOf(listeners).forEach(listener -> listener.happened(event, cookie, name));
    }
  }

  private static int kind(Node node) {
    return node instanceof DirectoryNode ? IS_FOLDER : 0;
  }

  /** Something happened to what a path leads to: its folder hears of it, too. */
  public void happened(int event, PathWalk.Place place) {
    if (!isEmpty() && place.node() != null) {
      happened(event, place.node(), place.parent(), place.name());
    }
  }

  /** Something happened to what is open. */
  void happened(int event, OpenFile file) {
    if (isEmpty() || file.node() == null) {
      return;
    }
    FileName name = file.heldName();
    try {
      if (file instanceof DirectoryFile folder) {
        DirectoryNode at = folder.directory();
        happened(event, at, at.parent() == at ? null : at.parent(), at.name());
      } else if (name == null) {
        happened(event, file.node(), null, null);
      } else {
        int gone = name.isRemoved() ? UNLINKED : 0;
        happened(event | gone, file.node(), name.folder(), name.name());
      }
    } catch (SysError gone) {
      return; // the host has removed it
    }
  }

  private void happened(int event, Node node, DirectoryNode folder, String name) {
    if (folder != null) {
      tell(Id.of(folder), event | kind(node), 0, name);
    }
    tell(Id.of(node), event | kind(node), 0, "");
  }

  /** A folder has got a name. */
  public void created(DirectoryNode folder, String name) {
    if (!isEmpty()) {
      tell(Id.of(folder), CREATE | kind(folder.lookup(name)), 0, name);
    }
  }

  /** What a name stands for, before it is removed; null if nobody watches. */
  public Removal removing(PathWalk.Place place) {
    return isEmpty() || place.node() == null ? null : new Removal(place);
  }

  /** A name that goes. */
  public final class Removal {
    private final PathWalk.Place place;
    private final Id id;
    private final boolean last;

    private Removal(PathWalk.Place place) {
      this.place = place;
      this.id = Id.of(place.node());
      this.last = place.node() instanceof DirectoryNode || place.node().stat().links() <= 1;
    }

    /** It has been removed. */
    public void done() {
      int kind = kind(place.node());
      if (kind == 0) {
        tell(id, ATTRIB, 0, "");
      }
      end();
      tell(Id.of(place.parent()), DELETE | kind, 0, place.name());
    }

    /** Another one has taken its name. */
    private void replaced() {
      tell(id, ATTRIB | kind(place.node()), 0, "");
    }

    private void end() {
      if (last && isOpen(id)) {
        leaving.add(id);
      } else if (last) {
        vanished(id);
      }
    }
  }

  private boolean isOpen(Id id) {
    return open.get().anyMatch(file -> file instanceof RegularFile && isOf(file, id));
  }

  private static boolean isOf(OpenFile file, Id id) {
    Stat stat = file.stat();
    return stat.inode() == id.inode && stat.device() == id.device;
  }

  /** The last descriptor of an open file has been closed. */
  void closed(OpenFile file) {
    if (leaving.isEmpty() || file.node() == null) {
      return;
    }
    Stat stat = file.stat();
    Id id = new Id(stat.device(), stat.inode());
    if (leaving.contains(id) && !isOpen(id)) {
      leaving.remove(id);
      vanished(id);
    }
  }

  private void vanished(Id id) {
    List<Listener> listeners = all.get(id);
    if (listeners != null) {
      List.copyOf(listeners)
          .forEach(
              listener -> {
                listener.happened(DELETE_SELF, 0, "");
                listener.gone();
              });
    }
  }

  /**
   * A name has been moved.
   *
   * @param replaced what had the new name; null if nothing had
   */
  public void moved(PathWalk.Place from, PathWalk.Place to, Removal replaced) {
    if (isEmpty()) {
      return;
    }
    int cookie = ++lastCookie;
    int kind = kind(from.node());
    tell(Id.of(from.parent()), MOVED_FROM | kind, cookie, from.name());
    tell(Id.of(to.parent()), MOVED_TO | kind, cookie, to.name());
    if (replaced != null) {
      replaced.replaced();
    }
    Node node = to.parent().lookup(to.name());
    if (node != null) {
      tell(Id.of(node), MOVE_SELF, 0, "");
    }
    if (replaced != null) {
      replaced.end();
    }
  }
}
