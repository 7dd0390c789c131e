package dev.axon64.system.virtio;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.device.State;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a block device keeps: bytes by their place. */
public interface Disk extends Closeable, State.Of {
  /** Bytes of a sector, of which a disk has whole ones. */
  int SECTOR = 512;

  /**
   * Opens a file of a disk's bytes, or an image in the format qcow2.
   *
   * @param writable whether the file is changed; if not, changes are forgotten at the end
   * @throws InputException if it cannot be opened, or changed
   */
  static Disk open(Path path, boolean writable) {
    try {
      FileChannel file =
          writable
              ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
              : FileChannel.open(path, StandardOpenOption.READ);
      if (!Qcow2Disk.isImage(file)) {
        Disk disk = FileDisk.of(file, path.toString());
        return writable ? disk : new ChangedDisk(disk);
      }
      if (writable) {
        file.close();
        throw new InputException(
            path.toString(), "is a qcow2 image, which is only read; convert it by qemu-img -O raw");
      }
      return new ChangedDisk(Qcow2Disk.of(file, path.toString()));
    } catch (IOException e) {
      throw new InputException(path.toString(), "cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The number of bytes, a multiple of {@link #SECTOR}. */
  long size();

  /** Reads bytes, which must lie on the disk, to an offset of an array. */
  void read(long at, byte[] to, int offset, int length) throws IOException;

  /**
   * Writes bytes, which must lie on the disk.
   *
   * @throws IOException if they cannot be written
   */
  void write(long at, byte[] from, int length) throws IOException;

  /** What is in files is not part of a snapshot. */
  @Override
  default void state(State state) throws IOException {
    // nothing
  }

  /** Makes sure that what was written stays. */
  void flush() throws IOException;
}
