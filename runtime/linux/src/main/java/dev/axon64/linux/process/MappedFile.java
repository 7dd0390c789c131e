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
  /** Writes touched pages back, as far as the file reaches. */
  void flush(Backing backing) {
    if (!shared || !file.isWritable()) {
      return;
    }
    long[] size = new long[1];
    try {
      size[0] = file.body().size();
      backing.flush((offset, page) -> put(offset, page, size[0]));
    } catch (SysError e) {
      size[0] = 0; // Linux loses such pages too: nobody is left to be told
    }
  }

  private void put(long offset, byte[] page, long size) {
    int length = (int) Math.clamp(size - offset, 0L, (long) page.length);
    if (length > 0) {
      file.body().write(offset, page, 0, length);
    }
  }
}
