package dev.axon64.machine.memory;

/** Reads and writes arrays of bytes, page by page. */
final class BulkAccess {
  private final PageAccess pages;

  BulkAccess(PageAccess pages) {
    this.pages = pages;
  }

  /** See {@link AddressSpace#read(long, byte[], int, int)}. */
  void read(long a, byte[] to, int offset, int length) {
    int done = 0;
    while (done < length) {
      Page page = pages.read(a + done);
      int at = (int) (a + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - at);
      page.read(at, to, offset + done, part);
      done += part;
    }
  }

  /** See {@link AddressSpace#write(long, byte[], int, int)}. */
  void write(long a, byte[] from, int offset, int length) {
    int done = 0;
    while (done < length) {
      Page page = pages.write(a + done);
      int at = (int) (a + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - at);
      page.write(at, from, offset + done, part);
      done += part;
    }
  }
}
