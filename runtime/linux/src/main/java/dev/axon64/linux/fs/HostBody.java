package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.Backing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of an open file of the host. */
final class HostBody implements FileBody {
  private final FileChannel channel;
  private final HostInode inode;

  HostBody(FileChannel channel, HostTree tree, HostInode.Id id, HostFile file) {
    this.channel = channel;
    this.inode = tree.inode(id, write -> file.way().open(write && tree.isWritable()));
    inode.open();
  }

  HostInode inode() {
    return inode;
  }

  @Override
  public int read(long position, byte[] to, int offset, int length) {
    try {
      int done = 0;
      while (done < length) {
        int count =
            channel.read(ByteBuffer.wrap(to, offset + done, length - done), position + done);
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
    inode.pages.writing(position, position + length);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
      while (bytes.hasRemaining()) {
        channel.write(bytes, position + length - bytes.remaining());
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
    try {
      inode.close();
      channel.close();
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }
}
