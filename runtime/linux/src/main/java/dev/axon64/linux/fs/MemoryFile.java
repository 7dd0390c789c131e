package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.StoredPages;

/** A regular file in memory: pages where something was written, and zeroes between them. */
public final class MemoryFile extends FileNode {
  private final MemoryStore store;
  final Inode inode;
  private final StoredPages pages;
  private final WriterCount writers = new WriterCount();
  private final Seals seals = new Seals();
  private int opened;

  /** Whether it may get a name, which it never had. */
  private boolean linkable;

  /** An empty file, which the caller puts into a folder. */
  public MemoryFile(MemoryStore store, int mode) {
    this.store = store;
    this.pages = store.pages();
    this.inode = store.inode(Flags.S_IFREG | mode & 07777);
  }

  /** A file with these bytes, which nobody changes; the caller puts it into a folder. */
  public MemoryFile(MemoryStore store, int mode, byte[] bytes) {
    this(store, mode);
    if (pages.begin(bytes) < bytes.length) {
      pages.free();
      inode.free();
      throw new SysError(Errno.ENOSPC);
    }
    inode.touch();
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
    return inode.stat(pages.size()).storing(pages.storedBytes());
  }

  @Override
  public FileBody open(boolean write) {
    if (write) {
      store.checkWritable();
      writers.addWriter();
    }
    opened++;
    return new Body(write);
  }

  void releaseIfUnused() {
    if (opened == 0 && inode.links == 0) {
      pages.free();
      inode.free();
    }
  }

  private final class Body implements FileBody {
    private final boolean writes;
    private boolean runs;

    Body(boolean writes) {
      this.writes = writes;
    }

    @Override
    public void denyWrites() {
      writers.addProgram();
      runs = true;
    }

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
    public long seek(long position, boolean data) {
      long size = pages.size();
      long at = position;
      while (at < size && pages.isStored(at) != data) {
        at = (at & -AddressSpace.PAGE) + AddressSpace.PAGE;
      }
      return at < size ? at : data ? -1 : size;
    }

    @Override
    public void allocate(int mode, long offset, long length) {
      MemoryFile.this.allocate(mode, offset, length);
    }

    @Override
    public Backing backing(boolean shared) {
      return pages.backing(shared);
    }

    @Override
    public void close() {
      if (writes) {
        writers.removeWriter();
      }
      if (runs) {
        writers.removeProgram();
      }
      opened--;
      releaseIfUnused();
    }
  }

  /** What can never be done to it any more. */
  public Seals seals() {
    return seals;
  }

  private int write(long position, byte[] from, int offset, int length) {
    seals.check(Seals.WRITE | Seals.FUTURE_WRITE);
    if (position + length > pages.size()) {
      seals.check(Seals.GROW);
    }
    int done = pages.write(position, from, offset, length);
    if (done == 0 && length > 0) {
      throw new SysError(Errno.ENOSPC);
    }
    inode.touch();
    return done;
  }

  /** Makes room or a hole, which is all that a file system in memory can do under Linux too. */
  private void allocate(int mode, long offset, long length) {
    boolean hole = (mode & StorageMode.PUNCH_HOLE) != 0;
    if ((mode & ~(StorageMode.KEEP_SIZE | StorageMode.PUNCH_HOLE)) != 0) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    long end = offset + length;
    seals.check(hole ? Seals.WRITE | Seals.FUTURE_WRITE : end > pages.size() ? Seals.GROW : 0);
    if (hole) {
      pages.punch(offset, Math.min(end, pages.size()));
    } else if (length > store.free()) {
      throw new SysError(Errno.ENOSPC);
    } else if ((mode & StorageMode.KEEP_SIZE) == 0 && end > pages.size()) {
      pages.resize(end);
    }
    inode.touch();
  }

  private void resize(long newSize) {
    seals.check(newSize < pages.size() ? Seals.SHRINK : newSize > pages.size() ? Seals.GROW : 0);
    pages.resize(newSize);
    inode.touch();
  }

  @Override
  Attributes attributes() {
    return inode;
  }
}
