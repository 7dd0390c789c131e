package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.StoredPages;

/** A regular file in memory: pages where something was written, and zeroes between them. */
public final class MemoryFile extends FileNode {
  private final MemoryStore store;
  final Inode inode;
  private final StoredPages pages;
  private int opened;

  /** Whether it may get a name, which it never had. */
  private boolean linkable;

  /** An empty file, which the caller puts into a folder. */
  public MemoryFile(MemoryStore store, int mode) {
    this.store = store;
    this.pages = store.pages();
    this.inode = store.inode(Flags.S_IFREG | mode & 07777);
  }

  /** A file with these bytes, which the caller puts into a folder. */
  public MemoryFile(MemoryStore store, int mode, byte[] bytes) {
    this(store, mode);
    write(0, bytes, 0, bytes.length);
  }

  /** An empty file that has no name and goes with the last who has it open (memfd_create). */
  public static MemoryFile nameless(MemoryStore store, int mode) {
    MemoryFile file = new MemoryFile(store, mode);
    file.inode.links = 0;
    return file;
  }

  /** Lets it get a name, though it has none. */
  void allowName() {
    linkable = true;
  }

  /** Whether it can get another name. */
  boolean mayBeNamed() {
    return inode.links > 0 || linkable;
  }

  @Override
  public Stat stat() {
    return inode.stat(pages.size());
  }

  @Override
  public FileBody open(boolean write) {
    if (write) {
      store.checkWritable();
    }
    opened++;
    return new Body();
  }

  void releaseIfUnused() {
    if (opened == 0 && inode.links == 0) {
      pages.free();
      store.giveBack(Inode.ROOM);
    }
  }

  private final class Body implements FileBody {
    @Override
    public int read(long position, byte[] to, int offset, int length) {
      return pages.read(position, to, offset, length);
    }

    @Override
    public int write(long position, byte[] from, int offset, int length) {
      return MemoryFile.this.write(position, from, offset, length);
    }

    @Override
    public long size() {
      return pages.size();
    }

    @Override
    public void resize(long newSize) {
      MemoryFile.this.resize(newSize);
    }

    @Override
    public Backing backing(boolean shared) {
      return pages.backing(shared);
    }

    @Override
    public void close() {
      opened--;
      releaseIfUnused();
    }
  }

  private int write(long position, byte[] from, int offset, int length) {
    int done = pages.write(position, from, offset, length);
    if (done == 0 && length > 0) {
      throw new SysError(Errno.ENOSPC);
    }
    inode.touch();
    return done;
  }

  private void resize(long newSize) {
    pages.resize(newSize);
    inode.touch();
  }

  @Override
  Attributes attributes() {
    return inode;
  }
}
