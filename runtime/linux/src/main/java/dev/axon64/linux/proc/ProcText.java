package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Stat;
import java.util.function.Supplier;

/** A file of /proc, whose bytes are made when it is opened. */
final class ProcText extends FileNode {
  private final String path;
  private final Supplier<byte[]> bytes;

  ProcText(String path, Supplier<byte[]> bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  static ProcText of(String path, Supplier<String> text) {
    return new ProcText(path, () -> GuestText.bytes(text.get()));
  }

  @Override
  public Stat stat() {
    return ProcFolder.stat(Flags.S_IFREG | 0444, path);
  }

  @Override
  public FileBody open(boolean write) {
    if (write) {
      throw new SysError(Errno.EACCES);
    }
    return new Body(bytes.get());
  }

  private record Body(byte[] bytes) implements FileBody {
    @Override
    public int read(long position, byte[] to, int offset, int length) {
      int count = (int) Math.clamp(bytes.length - position, 0L, (long) length);
      if (count > 0) {
        System.arraycopy(bytes, (int) position, to, offset, count);
      }
      return count;
    }

    @Override
    public int write(long position, byte[] from, int offset, int length) {
      throw new SysError(Errno.EACCES);
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void resize(long size) {
      throw new SysError(Errno.EACCES);
    }
  }
}
