package dev.axon64.system.virtio;

import dev.axon64.codegen.support.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of a disk's bytes. */
final class FileDisk implements Disk {
  private final FileChannel file;
  private final long size;

  private FileDisk(FileChannel file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * Makes a disk of an open file.
   *
   * @param where what messages call it
   * @throws InputException if it does not have the size of a disk
   */
  static FileDisk of(FileChannel file, String where) throws IOException {
    long size = file.size();
    if (size == 0 || size % SECTOR != 0) {
      file.close();
      throw new InputException(
          where, "has %,d bytes; a disk has whole sectors of 512".formatted(size));
    }
    return new FileDisk(file, size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long at, byte[] to, int offset, int length) throws IOException {
    fill(file, at, ByteBuffer.wrap(to, offset, length));
  }

  /**
   * Reads bytes of a file.
   *
   * @throws EOFException if it ends before
   */
  static void fill(FileChannel file, long at, ByteBuffer to) throws IOException {
    int start = to.position();
    while (to.hasRemaining()) {
      if (file.read(to, at + to.position() - start) < 0) {
        throw new EOFException("the file ends too soon");
      }
    }
  }

  @Override
  public void write(long at, byte[] from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(from, 0, length);
    while (buffer.hasRemaining()) {
      file.write(buffer, at + buffer.position());
    }
  }

  @Override
  public void flush() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
