package dev.axon64.linux.fs;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/** The folders in a folder of the host that somebody uses, each the same for all who do. */
final class HostFolders {
  private final HostFolder parent;
  private final Map<String, WeakReference<HostFolder>> known = new HashMap<>();

  HostFolders(HostFolder parent) {
    this.parent = parent;
  }

  /** Whether the folder of a name may be in use. */
  boolean isKnown(String name) {
    return known.containsKey(name);
  }

  /** The folder of a name. */
  HostFolder get(String name) {
    HostFolder folder = find(known.get(name));
    if (folder == null) {
      folder = new HostFolder(parent.tree(), parent, name);
      known.put(name, new WeakReference<>(folder));
    }
    return folder;
  }

  private static HostFolder find(WeakReference<HostFolder> reference) {
    return reference == null ? null : reference.get();
  }

  /** The folder of a name is removed; whoever uses it sees what it was. */
  void remove(String name, Stat before) {
    HostFolder folder = find(known.remove(name));
    if (folder != null) {
      folder.remove(before);
    }
  }

  /** The folder of a name, if it is one, gets another name. */
  void move(String name, HostFolders to, String newName) {
    to.take(newName, known.remove(name));
  }

  /** What two names mean changes places. */
  void exchange(String name, HostFolders other, String otherName) {
    WeakReference<HostFolder> mine = known.remove(name);
    WeakReference<HostFolder> theirs = other.known.remove(otherName);
    other.take(otherName, mine);
    take(name, theirs);
  }

  private void take(String name, WeakReference<HostFolder> reference) {
    HostFolder folder = find(reference);
    if (folder != null) {
      folder.move(parent, name);
      known.put(name, reference);
    }
  }
}
