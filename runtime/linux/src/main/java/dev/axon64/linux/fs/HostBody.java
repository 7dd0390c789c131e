package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.Backing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;

/** The bytes of an open file of the host. */
final class HostBody implements FileBody {
  private final FileChannel channel;
  private final HostInode inode;
  private final boolean writes;
  private final HostDescriptors descriptors;
  private boolean runs;

  /**
   * An open file.
   *
   * @param writes whether it was opened to be written
   */
  HostBody(FileChannel channel, HostTree tree, HostInode.Id id, HostFile file, boolean writes) {
    this.channel = channel;
    this.writes = writes;
    this.descriptors = tree.descriptors;
    this.inode =
        tree.inode(
            id,
            write -> {
              if (write && !tree.isWritable()) {
                throw new AccessDeniedException("the guest's root");
              }
              return file.way().open(write);
            });
    inode.open();
    if (writes) {
      try {
        inode.writers.addWriter();
      } catch (SysError busy) {
        inode.close();
        throw busy;
      }
    }
  }

  @Override
  public void denyWrites() {
    inode.writers.addProgram();
    runs = true;
  }

  HostInode inode() {
    return inode;
  }

  @Override
  public int read(long position, byte[] to, int offset, int length) {
    return read(position, ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public int read(long position, ByteBuffer to) {
    try {
      int done = 0;
      while (to.hasRemaining()) {
        int count = channel.read(to, position + done);
        if (count <= 0) {
          break;
        }
        done += count;
      }
      return done;
    } catch (IOException e) {
      throw HostTree.error(e);
    } catch (RuntimeException e) {
      throw new SysError(Errno.EBADF);
    }
  }

  @Override
  public int write(long position, byte[] from, int offset, int length) {
    return write(position, ByteBuffer.wrap(from, offset, length));
  }

  @Override
  public int write(long position, ByteBuffer from) {
    int length = from.remaining();
    inode.pages.writing(position, position + length);
    try {
      while (from.hasRemaining()) {
        channel.write(from, position + length - from.remaining());
      }
      inode.pages.written(position, position + length);
      return length;
    } catch (IOException e) {
      throw HostTree.error(e);
    } catch (RuntimeException e) {
      throw new SysError(Errno.EBADF);
    }
  }

  @Override
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  @Override
  public void resize(long size) {
    try {
      if (size <= channel.size()) {
        inode.pages.cut(size);
        channel.truncate(size);
      } else {
        channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        inode.pages.written(size - 1, size);
      }
    } catch (IOException e) {
      throw HostTree.error(e);
    } catch (RuntimeException e) {
      throw new SysError(Errno.EINVAL);
    }
  }

  @Override
  public long seek(long position, boolean data) {
    return HostCalls.available()
        ? HostStorage.seek(inode.byDescriptor().path(), position, data)
        : FileBody.super.seek(position, data);
  }

  @Override
  public void allocate(int mode, long offset, long length) {
    long before = size();
    if (!HostCalls.available()) {
      allocateWithoutCalls(mode, offset + length, before);
      return;
    }
    boolean moves = (mode & (StorageMode.COLLAPSE_RANGE | StorageMode.INSERT_RANGE)) != 0;
    long end = moves ? Math.max(before, offset + length) : offset + length;
    inode.pages.writing(offset, Math.min(end, before));
    HostStorage.allocate(inode.byDescriptor().path(), mode, offset, length);
    long after = size();
    if (after < before) {
      inode.pages.cut(after);
    }
    inode.pages.written(offset, Math.min(end, after));
  }

  private void allocateWithoutCalls(int mode, long end, long before) {
    if ((mode & ~StorageMode.KEEP_SIZE) != 0) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    if (mode == 0 && end > before) {
      resize(end);
    }
  }

  @Override
  public Backing backing(boolean shared) {
    return inode.pages.backing(shared, this::readPage);
  }

  @Override
  public void sync() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  @Override
  public void close() {
    if (writes) {
      inode.writers.removeWriter();
    }
    if (runs) {
      inode.writers.removeProgram();
    }
    try {
      inode.close();
      descriptors.giveBack();
      channel.close();
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }
}
