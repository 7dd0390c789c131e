package dev.axon64.system.virtio;

import dev.axon64.codegen.support.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** A file of a disk's bytes. What is written goes to the file, or stays in memory. */
public final class FileDisk implements Disk, AutoCloseable {
  private static final int SECTOR = 512;
  private static final int CLUSTER = 1 << 16;

  private final FileChannel file;
  private final long size;
  private final boolean writable;
  private final Map<Long, byte[]> changed = new HashMap<>();

  private FileDisk(FileChannel file, long size, boolean writable) {
    this.file = file;
    this.size = size;
    this.writable = writable;
  }

  /**
   * Opens a file.
   *
   * @param writable whether the file is changed; if not, changes are forgotten at the end
   * @throws InputException if it cannot be opened
   */
  public static FileDisk open(Path path, boolean writable) {
    try {
      FileChannel file =
          writable
              ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
              : FileChannel.open(path, StandardOpenOption.READ);
      long size = file.size();
      if (size == 0 || size % SECTOR != 0) {
        file.close();
        throw new InputException(
            path.toString(), "has %,d bytes; a disk has whole sectors of 512".formatted(size));
      }
      return new FileDisk(file, size, writable);
    } catch (IOException e) {
      throw new InputException(path.toString(), "cannot be opened: " + e.getMessage());
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long at, byte[] to, int length) throws IOException {
    if (changed.isEmpty()) {
      fill(at, to, 0, length);
      return;
    }
    for (int done = 0; done < length; ) {
      long place = at + done;
      int offset = (int) (place % CLUSTER);
      int part = Math.min(length - done, CLUSTER - offset);
      byte[] cluster = changed.get(place / CLUSTER);
      if (cluster != null) {
        System.arraycopy(cluster, offset, to, done, part);
      } else {
        fill(place, to, done, part);
      }
      done += part;
    }
  }

  private void fill(long at, byte[] to, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position() - offset) < 0) {
        throw new EOFException("the file became shorter");
      }
    }
  }

  @Override
  public void write(long at, byte[] from, int length) throws IOException {
    if (writable) {
      ByteBuffer buffer = ByteBuffer.wrap(from, 0, length);
      while (buffer.hasRemaining()) {
        file.write(buffer, at + buffer.position());
      }
      return;
    }
    for (int done = 0; done < length; ) {
      long place = at + done;
      int offset = (int) (place % CLUSTER);
      int part = Math.min(length - done, CLUSTER - offset);
      System.arraycopy(from, done, cluster(place / CLUSTER), offset, part);
      done += part;
    }
  }

  private byte[] cluster(long number) throws IOException {
    byte[] known = changed.get(number);
    if (known == null) {
      known = new byte[CLUSTER];
      fill(number * CLUSTER, known, 0, (int) Math.min(CLUSTER, size - number * CLUSTER));
      changed.put(number, known);
    }
    return known;
  }

  @Override
  public void flush() throws IOException {
    if (writable) {
      file.force(false);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
