package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A regular file in memory: chunks where something was written, and zeroes between them. */
public final class MemoryFile extends FileNode {
  private static final int CHUNK = 1 << 14;

  private final MemoryStore store;
  final Inode inode;
  private final TreeMap<Long, byte[]> chunks = new TreeMap<>();
  private long size;
  private int opened;

  /** An empty file, which the caller puts into a folder. */
  public MemoryFile(MemoryStore store, int mode) {
    this.store = store;
    this.inode = store.inode(Flags.S_IFREG | mode & 07777);
  }

  /** A file with these bytes, which the caller puts into a folder. */
  public MemoryFile(MemoryStore store, int mode, byte[] bytes) {
    this(store, mode);
    write(0, bytes, 0, bytes.length);
  }

  @Override
  public Stat stat() {
    return inode.stat(size);
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
      resize(0);
      store.giveBack(Inode.ROOM);
    }
  }

  private final class Body implements FileBody {
    @Override
    public int read(long position, byte[] to, int offset, int length) {
      return MemoryFile.this.read(position, to, offset, length);
    }

    @Override
    public int write(long position, byte[] from, int offset, int length) {
      return MemoryFile.this.write(position, from, offset, length);
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void resize(long newSize) {
      MemoryFile.this.resize(newSize);
    }

    @Override
    public void close() {
      opened--;
      releaseIfUnused();
    }
  }

  private int read(long position, byte[] to, int offset, int length) {
    int count = Math.clamp(size - position, 0, length);
    int done = 0;
    while (done < count) {
      int at = (int) ((position + done) % CHUNK);
      int part = Math.min(count - done, CHUNK - at);
      byte[] chunk = chunks.get((position + done) / CHUNK);
      if (chunk == null) {
        Arrays.fill(to, offset + done, offset + done + part, (byte) 0);
      } else {
        System.arraycopy(chunk, at, to, offset + done, part);
      }
      done += part;
    }
    return count;
  }

  private int write(long position, byte[] from, int offset, int length) {
    int done = 0;
    while (done < length) {
      int at = (int) ((position + done) % CHUNK);
      int part = Math.min(length - done, CHUNK - at);
      long index = (position + done) / CHUNK;
      byte[] chunk = chunks.get(index);
      if (chunk == null) {
        if (done > 0 && store.free() < CHUNK) {
          break; // the next write fails
        }
        store.take(CHUNK);
        chunk = new byte[CHUNK];
        chunks.put(index, chunk);
      }
      System.arraycopy(from, offset + done, chunk, at, part);
      done += part;
      size = Math.max(size, position + done);
    }
    inode.touch();
    return done;
  }

  private void resize(long newSize) {
    long firstGone = (newSize + CHUNK - 1) / CHUNK;
    Map<Long, byte[]> gone = chunks.tailMap(firstGone, true);
    store.giveBack((long) gone.size() * CHUNK);
    gone.clear();
    byte[] last = chunks.get(newSize / CHUNK);
    if (last != null && newSize < size) {
      Arrays.fill(last, (int) (newSize % CHUNK), CHUNK, (byte) 0);
    }
    size = newSize;
    inode.touch();
  }

  @Override
  Attributes attributes() {
    return inode;
  }
}
