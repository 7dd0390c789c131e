package dev.axon64.linux.fs;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/** The names of one folder that somebody holds on to. */
final class FileNames {
  private static final int FEW = 64;

  private final DirectoryNode folder;
  private final Map<String, WeakReference<FileName>> names = new HashMap<>();
  private int swept = FEW;

  FileNames(DirectoryNode folder) {
    this.folder = folder;
  }

  /** The name, the same for all who hold on to it. */
  FileName hold(String name) {
    FileName known = find(name);
    if (known == null) {
      known = new FileName(folder, name);
      put(name, known);
    }
    return known;
  }

  private FileName find(String name) {
    WeakReference<FileName> known = names.get(name);
    return known == null ? null : known.get();
  }

  private void put(String name, FileName held) {
    if (names.size() >= swept) {
      names.values().removeIf(each -> each.get() == null);
      swept = Math.max(FEW, 2 * names.size());
    }
    names.put(name, new WeakReference<>(held));
  }

  /** The name is removed, or another file gets it. */
  void remove(String name) {
    FileName held = find(name);
    names.remove(name);
    if (held != null) {
      held.remove();
    }
  }

  /** The two names change places. */
  void exchange(String name, FileNames other, String otherName) {
    FileName mine = find(name);
    FileName theirs = other.find(otherName);
    names.remove(name);
    other.names.remove(otherName);
    if (mine != null) {
      mine.move(other.folder, otherName);
      other.put(otherName, mine);
    }
    if (theirs != null) {
      theirs.move(folder, name);
      put(name, theirs);
    }
  }

  /** The name is moved and replaces what has the new one. */
  void move(String name, FileNames to, String newName) {
    FileName held = find(name);
    names.remove(name);
    to.remove(newName);
    if (held != null) {
      held.move(to.folder, newName);
      to.put(newName, held);
    }
  }
}
