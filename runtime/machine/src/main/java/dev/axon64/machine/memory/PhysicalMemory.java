package dev.axon64.machine.memory;

import java.util.function.LongConsumer;

/**
 * The memory of a machine by physical addresses: zeroes at first, which take room when they are
 * first used. Addresses outside it must not be given.
 */
public final class PhysicalMemory {
  private final long base;
  private final MemoryLimit limit;
  private final Page[] pages;
  private final CodeWatch code = new CodeWatch();

  /**
   * @param base the first address, a multiple of 4096
   * @param size in bytes, a multiple of 4096
   */
  public PhysicalMemory(long base, long size) {
    this.base = base;
    this.limit = new MemoryLimit(size);
    this.pages = new Page[Math.toIntExact(size >>> Page.SHIFT)];
  }

  /** The first address. */
  public long base() {
    return base;
  }

  /** The number of bytes. */
  public long size() {
    return (long) pages.length << Page.SHIFT;
  }

  /** The number of bytes in pages that were used. */
  public long used() {
    return limit.used();
  }

  /** Whether there is memory at an address. */
  public boolean contains(long address) {
    return address - base >= 0 && address - base >>> Page.SHIFT < pages.length;
  }

  /** Whether there is memory at all addresses of a range. */
  public boolean contains(long address, long length) {
    return contains(address) && length >= 0 && length <= size() - (address - base);
  }

  /** Whether the page of an address was used; if not, it is zero. */
  public boolean isUsed(long address) {
    return pages[(int) (address - base >>> Page.SHIFT)] != null;
  }

  /** The page of an address. */
  Page page(long address) {
    int number = (int) (address - base >>> Page.SHIFT);
    Page page = pages[number];
    if (page == null) {
      limit.take();
      page = new Page(limit, true);
      HeapStore.ONLY.placeShared(page, new byte[Page.SIZE]);
      pages[number] = page;
    }
    return page;
  }

  /** The eight bytes at a multiple of eight. */
  public long load64(long address) {
    Page page = page(address);
    return RawMemory.get64(page.bytes, page.start + (address & Page.SIZE - 1));
  }

  /** Changes the eight bytes at a multiple of eight. */
  public void store64(long address, long value) {
    Page page = written(address);
    RawMemory.put64(page.bytes, page.start + (address & Page.SIZE - 1), value);
  }

  private Page written(long address) {
    Page page = page(address);
    if (page.isWatched()) {
      page.tellAll();
    }
    return page;
  }

  /** Reads bytes. */
  public void read(long address, byte[] to, int offset, int length) {
    for (int done = 0; done < length; ) {
      int at = (int) (address + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - at);
      page(address + done).read(at, to, offset + done, part);
      done += part;
    }
  }

  /** Writes bytes. */
  public void write(long address, byte[] from, int offset, int length) {
    for (int done = 0; done < length; ) {
      int at = (int) (address + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - at);
      written(address + done).write(at, from, offset + done, part);
      done += part;
    }
  }

  /** The words of the page at an address, and from now on whether they change is told once. */
  public int[] words(long address) {
    Page page = page(address);
    page.watch(code, address & -Page.SIZE);
    int[] words = new int[Page.SIZE / Integer.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) RawMemory.get32(page.bytes, page.start + 4L * i);
    }
    return words;
  }

  /** Adds someone who is told the address of a page of which words were read, before it changes. */
  public void addCodeListener(LongConsumer listener) {
    code.add(listener::accept);
  }
}
