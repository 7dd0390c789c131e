package dev.axon64.linux.fs;

/** A name in a folder. Those who have opened what it names hold on to it: it follows renames. */
public final class FileName {
  private static final String DELETED = " (deleted)";

  private DirectoryNode folder;
  private String name;
  private boolean removed;

  FileName(DirectoryNode folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  DirectoryNode folder() {
    return folder;
  }

  String name() {
    return name;
  }

  boolean isRemoved() {
    return removed;
  }

  void move(DirectoryNode to, String newName) {
    folder = to;
    name = newName;
  }

  void remove() {
    removed = true;
  }

  /** Its path as the guest sees it, which says so if the name is gone. */
  String path(boolean gone) {
    return folder.path(name) + (removed || gone ? DELETED : "");
  }
}
