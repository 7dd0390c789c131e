package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A regular file of the host, or something else that the guest sees but cannot open. */
final class HostFile extends FileNode {
  private final HostFolder folder;
  private final String name;

  HostFile(HostFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  HostFolder folder() {
    return folder;
  }

  Path place() {
    return folder.place(name);
  }

  @Override
  public Stat stat() {
    return HostStat.of(place());
  }

  @Override
  public FileBody open(boolean write) {
    if (stat().type() != Flags.S_IFREG) {
      throw new SysError(Errno.ENXIO); // the host's devices and pipes stay the host's
    }
    if (write) {
      folder.tree().checkWritable();
    }
    Set<OpenOption> options =
        write
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
            : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return new Body(FileChannel.open(place(), options));
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  @Override
  Attributes attributes() {
    return new HostAttributes(folder.tree(), this::place);
  }

  private record Body(FileChannel channel) implements FileBody {
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
      try {
        ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
        while (bytes.hasRemaining()) {
          channel.write(bytes, position + length - bytes.remaining());
        }
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
          channel.truncate(size);
        } else {
          channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
      } catch (IOException e) {
        throw HostTree.error(e);
      } catch (RuntimeException e) {
        throw new SysError(Errno.EINVAL);
      }
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
        channel.close();
      } catch (IOException e) {
        throw HostTree.error(e);
      }
    }
  }
}
