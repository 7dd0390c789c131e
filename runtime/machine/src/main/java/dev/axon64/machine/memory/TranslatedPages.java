package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;

/** Finds pages of physical memory by translating addresses. */
final class TranslatedPages extends PageFinder {
  private final PhysicalMemory memory;
  final Translation translation;

  TranslatedPages(PhysicalMemory memory, Translation translation) {
    super(new PageCache());
    this.memory = memory;
    this.translation = translation;
  }

  /** Whether there is memory at a physical address. */
  boolean isMemory(long physical) {
    return memory.contains(physical);
  }

  /** Makes the next store to a physical page come here again. */
  void forgetWritable(long place) {
    byte[] bytes = memory.page(place).bytes;
    for (PageCache.Slot slot : cache.writable) {
      if (slot.bytes == bytes) {
        slot.tag = -1;
      }
    }
  }

  private Page page(long a, Access access) {
    long physical = translation.translate(a, access);
    if (!memory.contains(physical)) {
      throw new MemoryFault(a, access, Reason.OUTSIDE);
    }
    return memory.page(physical);
  }

  @Override
  Page read(long a) {
    Page page = page(a, Access.READ);
    PageCache.keep(cache.readable, a, page);
    return page;
  }

  @Override
  Page execute(long a) {
    Page page = page(a, Access.EXECUTE);
    PageCache.keep(cache.executable, a, page);
    return page;
  }

  @Override
  Page write(long a) {
    Page page = page(a, Access.WRITE);
    if (page.isWatched()) {
      page.tellAll();
    }
    PageCache.keep(cache.writable, a, page);
    return page;
  }
}
