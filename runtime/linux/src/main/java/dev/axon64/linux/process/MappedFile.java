package dev.axon64.linux.process;

import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.machine.memory.Backing;

/**
 * A file that is mapped.
 *
 * @param shared whether writes go to the file
 */
public record MappedFile(RegularFile file, boolean shared) {
  /** Writes touched pages back, up to the end of the file. */
  void flush(Backing backing) {
    if (!shared || !file.isWritable()) {
      return;
    }
    try {
      long size = file.body().size();
      backing.flush((offset, page) -> put(offset, page, size));
    } catch (SysError e) {
      return; // as under Linux the changes are lost, and there is nobody to tell
    }
  }

  private void put(long offset, byte[] page, long size) {
    int length = (int) Math.clamp(size - offset, 0L, (long) page.length);
    if (length > 0) {
      file.body().write(offset, page, 0, length);
    }
  }
}
