package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.lock.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A regular file of the host, or something else that the guest sees but cannot open. */
final class HostFile extends FileNode {
  private final HostTree tree;

  /** Its name, which the folder knows of when the file has been opened. */
  private FileName name;

  /** How a file without a name is reached before it is open; null for others. */
  private HostInode.Way first;

  /** The file itself while it is open; null before. */
  private HostInode inode;

  HostFile(HostFolder folder, String name) {
    this.tree = folder.tree();
    this.name = new FileName(folder, name);
  }

  HostTree tree() {
    return tree;
  }

  /** A file without a name, which is opened next. */
  static HostFile nameless(HostFolder folder, HostInode.Way way) {
    HostFile file = new HostFile(folder, "#nameless");
    file.name.remove();
    file.first = way;
    return file;
  }

  /** Where the host has the name. */
  private Path place() {
    return ((HostFolder) name.folder()).place(name.name());
  }

  /** A way to the file, which is not that of its name if another file has that now. */
  HostInode.Way way() {
    if (inode == null && first != null) {
      return first;
    }
    return inode == null || isNamed() ? new HostInode.Way(place(), false) : inode.byDescriptor();
  }

  @Override
  boolean isNamed() {
    try {
      return !name.isRemoved()
          && (inode == null
              || HostStat.of(new HostInode.Way(place(), false)).id().equals(inode.id));
    } catch (SysError gone) {
      return false;
    }
  }

  @Override
  FileLocks locks() {
    return inode == null ? super.locks() : inode.locks;
  }

  @Override
  public Stat stat() {
    if (inode == null) {
      return HostStat.of(place());
    }
    try {
      HostStat.Seen seen = name.isRemoved() ? null : HostStat.of(new HostInode.Way(place(), false));
      if (seen != null && seen.id().equals(inode.id)) {
        return seen.stat();
      }
    } catch (SysError gone) {
      return HostStat.of(inode.byDescriptor()).stat();
    }
    return HostStat.of(inode.byDescriptor()).stat();
  }

  @Override
  public FileBody open(boolean write) {
    HostInode.Way way = way();
    HostStat.Seen seen = HostStat.of(way);
    if (seen.stat().type() != Flags.S_IFREG) {
      throw new SysError(Errno.ENXIO); // the host's devices and pipes stay the host's
    }
    if (write) {
      tree.checkWritable();
    }
    try {
      HostBody body = body(way, seen.id(), write);
      if (inode == null && first == null) {
        name = name.folder().hold(name.name());
      }
      inode = body.inode();
      return body;
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  private HostBody body(HostInode.Way way, HostInode.Id id, boolean write) throws IOException {
    tree.descriptors.take();
    FileChannel channel = null;
    try {
      channel = way.open(write);
      return new HostBody(channel, tree, id, this, write);
    } catch (IOException | SysError e) {
      tree.descriptors.giveBack();
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  @Override
  Attributes attributes() {
    return new HostAttributes(tree, this::way);
  }
}
