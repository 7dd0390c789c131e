package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Stat;
import java.util.Arrays;
import java.util.function.Supplier;

/** A file of /proc, whose bytes are made when it is opened, and again when it is read anew. */
final class ProcText extends FileNode {
  private final ProcOwner owner;
  private final int permissions;
  private final String path;
  private final Supplier<byte[]> bytes;
  private Writer writer;

  /** Takes what is written to a file. */
  @FunctionalInterface
  interface Writer {
    /** Takes a text; a failure is a SysError. */
    void write(String text);
  }

  ProcText(ProcOwner owner, int permissions, String path, Supplier<byte[]> bytes) {
    this.owner = owner;
    this.permissions = permissions;
    this.path = path;
    this.bytes = bytes;
  }

  static ProcText of(ProcOwner owner, int permissions, String path, Supplier<String> text) {
    return new ProcText(owner, permissions, path, () -> GuestText.bytes(text.get()));
  }

  /** The same, which can be written. */
  ProcText written(Writer by) {
    writer = by;
    return this;
  }

  @Override
  public Stat stat() {
    return owner.stat(Flags.S_IFREG | permissions, path);
  }

  @Override
  public boolean isStored() {
    return false;
  }

  @Override
  public FileBody open(boolean write) {
    return new Body();
  }

  private final class Body implements FileBody {
    private byte[] now;

    private byte[] at(long position) {
      if (now == null || position == 0) {
        now = bytes.get();
      }
      return now;
    }

    @Override
    public int read(long position, byte[] to, int offset, int length) {
      byte[] all = at(position);
      int count = (int) Math.clamp(all.length - position, 0L, (long) length);
      if (count > 0) {
        System.arraycopy(all, (int) position, to, offset, count);
      }
      return count;
    }

    @Override
    public int write(long position, byte[] from, int offset, int length) {
      if (writer == null) {
        throw new SysError(owner.process() == null ? Errno.EIO : Errno.EINVAL);
      }
      writer.write(GuestText.of(Arrays.copyOfRange(from, offset, offset + length)));
      return length;
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void resize(long size) {
      now = null; // there is nothing to cut
    }
  }
}
