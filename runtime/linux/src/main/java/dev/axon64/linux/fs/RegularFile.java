package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.Backing;
import java.nio.ByteBuffer;

/** An open regular file, which has bytes and a position. */
public class RegularFile extends OpenFile {
  /** No file is larger, as on a disk with blocks of 4 KiB. */
  public static final long LARGEST = (1L << 44) - 4096;

  private final FileBody body;
  private final Backing[] backings = new Backing[2];
  private long position;

  /** An open file at its beginning, whose bytes belong to a node. */
  public RegularFile(int flags, Node node, String path, FileBody body) {
    super(flags, node, path);
    this.body = body;
  }

  /** Its bytes. */
  public final FileBody body() {
    return body;
  }

  /**
   * Backs mappings with its bytes, always with the same object.
   *
   * @param shared whether stores go to the file
   */
  public final Backing backing(boolean shared) {
    int which = shared ? 1 : 0;
    if (backings[which] == null) {
      backings[which] = body.backing(shared);
    }
    return backings[which];
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    int count = body.read(position, to, offset, length);
    position += count;
    return told(Notices.ACCESS, count);
  }

  @Override
  public int write(byte[] from, int offset, int length) {
    if ((flags() & Flags.O_APPEND) != 0) {
      position = body.size();
    }
    int count = body.write(position, from, offset, length);
    position += count;
    return told(Notices.MODIFY, count);
  }

  /** The position of the next read. */
  public final long position() {
    return position;
  }

  /** Sets the position of the next read. */
  public final void setPosition(long next) {
    position = next;
  }

  /** Whether its bytes are kept, so that limits on the size of files hold for it. */
  public boolean isStored() {
    return !(node() instanceof FileNode file) || file.isStored();
  }

  /** The position of the next write. */
  public final long writePosition() {
    return (flags() & Flags.O_APPEND) != 0 ? body.size() : position;
  }

  @Override
  public int read(long at, byte[] to, int offset, int length) {
    return told(Notices.ACCESS, body.read(at, to, offset, length));
  }

  @Override
  public int write(long at, byte[] from, int offset, int length) {
    long to = (flags() & Flags.O_APPEND) != 0 ? body.size() : at; // as Linux has it
    return told(Notices.MODIFY, body.write(to, from, offset, length));
  }

  /** Reads at a given position to a buffer until it is full; returns how many bytes. */
  public final int read(long at, ByteBuffer to) {
    return told(Notices.ACCESS, body.read(at, to));
  }

  /** Writes at a given position what a buffer holds; returns how many bytes. */
  public final int write(long at, ByteBuffer from) {
    long to = (flags() & Flags.O_APPEND) != 0 ? body.size() : at;
    return told(Notices.MODIFY, body.write(to, from));
  }

  /** Tells of bytes that were moved, if any were. */
  private int told(int event, int count) {
    if (count > 0) {
      tell(event);
    }
    return count;
  }

  @Override
  public long seek(long offset, int whence) {
    long size = body.size();
    long to =
        switch (whence) {
          case Flags.SEEK_SET -> offset;
          case Flags.SEEK_CUR -> position + offset;
          case Flags.SEEK_END -> size + offset;
          case Flags.SEEK_DATA, Flags.SEEK_HOLE -> stored(offset, size, whence);
          default -> throw new SysError(Errno.EINVAL);
        };
    if (to < 0 || to > LARGEST && isStored()) {
      throw new SysError(Errno.EINVAL);
    }
    position = to;
    return to;
  }

  private long stored(long offset, long size, int whence) {
    long found = offset < 0 || offset >= size ? -1 : body.seek(offset, whence == Flags.SEEK_DATA);
    if (found < 0) {
      throw new SysError(Errno.ENXIO);
    }
    return found;
  }

  /** Whether something is stored at an offset. */
  public final boolean holds(long offset) {
    return offset < body.size() && body.seek(offset, true) == offset;
  }

  @Override
  public void resize(long size) {
    body.resize(size);
    tell(Notices.MODIFY);
  }

  @Override
  public void sync() {
    body.sync();
  }

  @Override
  public long available() {
    return Math.max(0, body.size() - position);
  }

  @Override
  protected void close() {
    body.close();
  }
}
