package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.process.OtherMemory;
import dev.axon64.linux.process.ProcessMemory;

/** The memory of a process as a file, whose positions are addresses (/proc/PID/mem). */
final class ProcMemory extends FileNode {
  private final ProcOwner owner;
  private final String path;

  ProcMemory(ProcOwner owner, String path) {
    this.owner = owner;
    this.path = path;
  }

  @Override
  public Stat stat() {
    return owner.stat(Flags.S_IFREG | 0600, path);
  }

  @Override
  public boolean isStored() {
    return false;
  }

  @Override
  public FileBody open(boolean write) {
    if (!owner.isOpenTo(owner.kernel().caller.identity)) {
      throw new SysError(Errno.EACCES);
    }
    ProcessMemory memory = owner.process().memory;
    return new FileBody() {
      @Override
      public int read(long position, byte[] to, int offset, int length) {
        return result(length, OtherMemory.read(memory.space, position, to, offset, length));
      }

      @Override
      public int write(long position, byte[] from, int offset, int length) {
        return result(length, OtherMemory.write(memory.space, position, from, offset, length));
      }

      @Override
      public long size() {
        return 0;
      }

      @Override
      public void resize(long size) {
        throw new SysError(Errno.EINVAL);
      }
    };
  }

  private static int result(int wanted, int done) {
    if (wanted > 0 && done == 0) {
      throw new SysError(Errno.EIO);
    }
    return done;
  }
}
