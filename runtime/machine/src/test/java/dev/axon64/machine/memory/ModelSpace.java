package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;
import java.util.Map;
import java.util.TreeMap;

/** The simplest possible memory: bytes by page, copied at once when forked. */
final class ModelSpace {
  private static final int PAGE = AddressSpace.PAGE;

  /** A page: its protection, its bytes, and whether they are shared with forks. */
  private record Page(int protection, byte[] bytes, boolean shared) {}

  private final Map<Long, Page> pages = new TreeMap<>();

  void map(long start, long size, int protection, boolean shared) {
    for (long page = start; page < start + size; page += PAGE) {
      pages.put(page, new Page(protection, new byte[PAGE], shared));
    }
  }

  void unmap(long start, long size) {
    for (long page = start; page < start + size; page += PAGE) {
      pages.remove(page);
    }
  }

  boolean protect(long start, long size, int protection) {
    for (long page = start; page < start + size; page += PAGE) {
      Page old = pages.get(page);
      if (old == null) {
        return false;
      }
      pages.put(page, new Page(protection, old.bytes, old.shared));
    }
    return true;
  }

  void discard(long start, long size) {
    for (long page = start; page < start + size; page += PAGE) {
      Page old = pages.get(page);
      if (old != null && !old.shared) {
        pages.put(page, new Page(old.protection, new byte[PAGE], false));
      }
    }
  }

  void move(long from, long size, long to) {
    for (long offset = 0; offset < size; offset += PAGE) {
      pages.put(to + offset, pages.remove(from + offset));
    }
  }

  boolean isMapped(long start, long size, boolean wanted) {
    for (long page = start; page < start + size; page += PAGE) {
      if (pages.containsKey(page) != wanted) {
        return false;
      }
    }
    return true;
  }

  ModelSpace fork() {
    ModelSpace child = new ModelSpace();
    pages.forEach(
        (address, page) ->
            child.pages.put(
                address,
                page.shared ? page : new Page(page.protection, page.bytes.clone(), false)));
    return child;
  }

  private Page page(long address, Access access, int needed) {
    Page page = pages.get(address & -PAGE);
    if (page == null) {
      throw new MemoryFault(address, access, Reason.UNMAPPED);
    }
    if ((page.protection & needed) == 0) {
      throw new MemoryFault(address, access, Reason.FORBIDDEN);
    }
    return page;
  }

  long load(long address, int size, Access access, int needed) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      Page page = page(address + i, access, needed);
      value |= (page.bytes[(int) (address + i) & PAGE - 1] & 0xffL) << 8 * i;
    }
    return value;
  }

  void store(long address, int size, long value) {
    for (int i = 0; i < size; i++) {
      page(address + i, Access.WRITE, AddressSpace.WRITE);
    }
    for (int i = 0; i < size; i++) {
      Page page = page(address + i, Access.WRITE, AddressSpace.WRITE);
      page.bytes[(int) (address + i) & PAGE - 1] = (byte) (value >>> 8 * i);
    }
  }
}
