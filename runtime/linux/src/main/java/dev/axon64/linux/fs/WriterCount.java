package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;

/** Who writes a file, and who runs it: never both at once. */
final class WriterCount {
  private int writers;
  private int programs;

  /** One more may write; fails with ETXTBSY while a program runs from the file. */
  void addWriter() {
    if (programs > 0) {
      throw new SysError(Errno.ETXTBSY);
    }
    writers++;
  }

  void removeWriter() {
    writers--;
  }

  /** One more program runs from the file; fails with ETXTBSY while somebody may write. */
  void addProgram() {
    if (writers > 0) {
      throw new SysError(Errno.ETXTBSY);
    }
    programs++;
  }

  void removeProgram() {
    programs--;
  }
}
