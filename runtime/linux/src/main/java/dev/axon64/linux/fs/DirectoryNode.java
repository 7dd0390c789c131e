package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.List;

/**
 * A folder. The names that its methods are given are single ones: not empty, without a slash, and
 * neither {@code .} nor {@code ..}.
 */
public abstract non-sealed class DirectoryNode extends Node {
  /** The folder that this one lies in; the root lies in itself. */
  public abstract DirectoryNode parent();

  /** Its name in that folder; empty for the root. */
  public abstract String name();

  /** The node of a name; null if there is none. */
  public abstract Node lookup(String name);

  /** All names but {@code .} and {@code ..}. */
  public abstract List<String> names();

  /** The error number with which names are not added, unless they are. */
  protected int refusesAddition() {
    return Errno.EROFS;
  }

  /** The error number with which names are not removed, unless they are. */
  protected int refusesRemoval() {
    return Errno.EROFS;
  }

  /** Makes an empty file. */
  public FileNode createFile(String name, int mode) {
    throw new SysError(refusesAddition());
  }

  /**
   * A file without a name, which is open for writing.
   *
   * @param body its bytes, for the caller to close
   */
  public record Nameless(FileNode node, FileBody body) {}

  /**
   * Makes an empty file that has no name and goes with the last who has it open (O_TMPFILE).
   *
   * @param linkable whether it may get a name later
   */
  public Nameless createNameless(int mode, boolean linkable) {
    throw new SysError(Errno.EOPNOTSUPP);
  }

  /** Makes an empty folder. */
  public DirectoryNode createDirectory(String name, int mode) {
    throw new SysError(refusesAddition());
  }

  /** Makes a symbolic link. */
  public void createLink(String name, String target) {
    throw new SysError(refusesAddition());
  }

  /** Makes a named pipe. */
  public void createFifo(String name, int mode) {
    throw new SysError(refusesAddition());
  }

  /** Makes the name of a socket. */
  public SocketNode createSocket(String name, int mode) {
    throw new SysError(refusesAddition());
  }

  /** Gives a node another name in this folder. */
  public void addName(String name, Node node) {
    throw new SysError(refusesAddition());
  }

  /** Removes the name of anything but a folder. */
  public void removeFile(String name) {
    throw new SysError(refusesRemoval());
  }

  /** Removes an empty folder. */
  public void removeDirectory(String name) {
    throw new SysError(refusesRemoval());
  }

  /** Moves a name, replacing what has the new one. The caller has checked types and loops. */
  public void rename(String name, DirectoryNode to, String newName) {
    throw new SysError(Errno.EROFS);
  }

  /** Lets two names change places. The caller has checked types and loops. */
  public void exchange(String name, DirectoryNode to, String other) {
    throw new SysError(Errno.EINVAL);
  }

  /** A name in this folder, for somebody who holds on to it. */
  FileName hold(String name) {
    return new FileName(this, name);
  }

  /** The folder that holds the names of this one, which differs for the guest's root. */
  DirectoryNode unwrapped() {
    return this;
  }

  /** Its path as the guest sees it. */
  public String path() {
    StringBuilder path = new StringBuilder();
    DirectoryNode at = this;
    while (at.parent() != at) {
      path.insert(0, "/" + at.name());
      at = at.parent();
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** The path of a name in this folder as the guest sees it. */
  public String path(String name) {
    String path = path();
    return path.equals("/") ? "/" + name : path + "/" + name;
  }

  /** Whether this folder is {@code other} or lies somewhere in it. */
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
