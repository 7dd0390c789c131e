package dev.axon64.machine.memory;

import java.lang.foreign.MemorySegment;

/** Bytes of the host, which all spaces that map them share with it. */
final class BufferBacking extends Backing {
  private final MemorySegment bytes;

  /**
   * @param bytes whole pages
   */
  BufferBacking(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public Kind kind() {
    return Kind.SHARED;
  }

  @Override
  public boolean original(long offset, byte[] page) {
    MemorySegment.copy(bytes, offset, MemorySegment.ofArray(page), 0, page.length);
    return true;
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    Page page = new Page(touch.limit().ofFiles(), true);
    page.placeBuffer(bytes.asSlice(offset, Page.SIZE));
    return page;
  }

  @Override
  boolean isShared() {
    return true;
  }
}
