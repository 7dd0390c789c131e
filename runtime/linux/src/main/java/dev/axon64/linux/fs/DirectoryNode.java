package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.List;

/** A folder. Names given to its methods are single: not empty, no slash, neither . nor .. */
public abstract non-sealed class DirectoryNode extends Node {
  /** The folder that it lies in; the root lies in itself. */
  public abstract DirectoryNode parent();

  /** Its name there; empty for the root. */
  public abstract String name();

  /** The node of a name, or null. */
  public abstract Node lookup(String name);

  /** All names, without . and .. */
  public abstract List<String> names();

  /** Makes an empty file. */
  public FileNode createFile(String name, int mode) {
    throw new SysError(Errno.EROFS);
  }

  /** Makes an empty folder. */
  public DirectoryNode createDirectory(String name, int mode) {
    throw new SysError(Errno.EROFS);
  }

  /** Makes a symbolic link. */
  public void createLink(String name, String target) {
    throw new SysError(Errno.EROFS);
  }

  /** Makes a named pipe. */
  public void createFifo(String name, int mode) {
    throw new SysError(Errno.EROFS);
  }

  /** Gives a node a further name here. */
  public void addName(String name, Node node) {
    throw new SysError(Errno.EROFS);
  }

  /** Removes anything but a folder. */
  public void removeFile(String name) {
    throw new SysError(Errno.EROFS);
  }

  /** Removes an empty folder. */
  public void removeDirectory(String name) {
    throw new SysError(Errno.EROFS);
  }

  /** Renames, replacing what may be replaced. Types and loops are checked by the caller. */
  public void rename(String name, DirectoryNode to, String newName) {
    throw new SysError(Errno.EROFS);
  }

  /** The folder that really holds the names, for a mount's root. */
  DirectoryNode unwrapped() {
    return this;
  }

  /** Its path in the guest's view. */
  public String path() {
    StringBuilder path = new StringBuilder();
    DirectoryNode at = this;
    while (at.parent() != at) {
      path.insert(0, "/" + at.name());
      at = at.parent();
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** The path of a name in it. */
  public String path(String name) {
    String path = path();
    return path.equals("/") ? "/" + name : path + "/" + name;
  }

  /** Whether this is {@code other} or lies within it. */
  public boolean isWithin(DirectoryNode other) {
    DirectoryNode at = this;
    while (at != other) {
      if (at.parent() == at) {
        return false;
      }
      at = at.parent();
    }
    return true;
  }
}
