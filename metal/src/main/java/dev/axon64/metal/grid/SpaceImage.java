package dev.axon64.metal.grid;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An address space on a device: its segments and page tables, and those of its pages that were
 * used. What the guest wrote is taken back after each turn; what changed under it since is found
 * before the next one.
 */
final class SpaceImage {
  private static final int PAGE = AddressSpace.PAGE;
  private static final int SHIFT = AddressSpace.PAGE_SHIFT;
  private static final long UNTAGGED = -1L >>> 8;

  /** Part of a mapping: all that the device must know. */
  private record Part(long start, long size, int permissions) {
    static Part of(Mapping mapping) {
      return new Part(mapping.start(), mapping.size(), mapping.protection());
    }

    boolean contains(long address) {
      return Long.compareUnsigned(address - start, size) < 0;
    }

    int pages() {
      return permissions == 0 ? 0 : Math.toIntExact(size >>> SHIFT);
    }

    boolean isWritable() {
      return (permissions & AddressSpace.WRITE) != 0;
    }
  }

  private final AddressSpace space;
  private final Tables tables;
  private final Frames frames;

  /** By page number. */
  private final Map<Long, Integer> staged = new HashMap<>();

  private List<Part> parts = List.of();
  private int block;
  private int units;

  SpaceImage(AddressSpace space, Tables tables, Frames frames) {
    this.space = space;
    this.tables = tables;
    this.frames = frames;
  }

  AddressSpace space() {
    return space;
  }

  int firstSegment() {
    return block;
  }

  int segments() {
    return parts.size();
  }

  /** Adds the units of its tables. */
  void addUnits(BitSet to) {
    to.set(block, block + units);
  }

  /** Brings segments and pages to what the space holds now. */
  void refresh() {
    List<Part> now = space.mappings().stream().map(Part::of).toList();
    if (!now.equals(parts)) {
      remap(now);
    }
    for (Map.Entry<Long, Integer> entry : List.copyOf(staged.entrySet())) {
      refresh(entry.getKey(), entry.getValue());
    }
  }

  private void remap(List<Part> now) {
    tables.release(block, units);
    parts = now;
    int words = parts.size() * GuestLayout.SEGMENT_WORDS;
    for (Part part : parts) {
      words = Math.addExact(words, part.pages());
    }
    units = Tables.units(words);
    block = tables.allocate(units);
    long at = (long) block * GuestLayout.SEGMENT_WORDS;
    long table = at + (long) parts.size() * GuestLayout.SEGMENT_WORDS;
    for (Part part : parts) {
      tables.setWord(at, part.start);
      tables.setWord(at + 1, part.size);
      tables.setWord(at + 2, table);
      tables.setWord(at + 3, part.permissions);
      at += GuestLayout.SEGMENT_WORDS;
      table += part.pages();
    }
    Map<Long, Integer> before = new HashMap<>(staged);
    staged.clear();
    before.forEach(
        (page, frame) -> {
          Part part = part(page << SHIFT);
          if (part == null || part.isWritable() == frames.isShared(frame)) {
            frames.release(frame);
          } else {
            enter(page, frame, GuestLayout.TOUCHED);
          }
        });
  }

  private void refresh(long page, int frame) {
    byte[] bytes;
    try {
      bytes = read(page);
    } catch (MemoryFault gone) { // the guest will find it absent, and then unreadable
      drop(page, frame);
      return;
    }
    if (!frames.same(frame, bytes)) {
      if (frames.isShared(frame)) {
        drop(page, frame);
      } else {
        frames.write(frame, bytes);
      }
    }
  }

  private void drop(long page, int frame) {
    staged.remove(page);
    frames.release(frame);
    tables.setWord(entry(page), 0);
    tables.changed(block, units);
  }

  private byte[] read(long page) {
    long address = page << SHIFT;
    Part part = part(address);
    boolean unreadable = (part.permissions & AddressSpace.READ) == 0;
    if (unreadable) {
      space.protect(part.start, part.size, part.permissions | AddressSpace.READ);
    }
    try {
      return space.read(address, PAGE);
    } finally {
      if (unreadable) {
        space.protect(part.start, part.size, part.permissions);
      }
    }
  }

  /**
   * Stages the page of an address.
   *
   * @return false if nothing is mapped there, it is staged already, or it cannot be read
   */
  boolean stage(long tagged) {
    long address = tagged & UNTAGGED;
    Part part = part(address);
    long page = address >>> SHIFT;
    if (part == null || part.pages() == 0 || staged.containsKey(page)) {
      return false;
    }
    try {
      byte[] bytes = read(page);
      enter(page, part.isWritable() ? frames.place(bytes) : frames.share(bytes), 0);
      return true;
    } catch (MemoryFault unreadable) {
      return false;
    }
  }

  private void enter(long page, int frame, long marks) {
    staged.put(page, frame);
    tables.setWord(entry(page), (long) frame << SHIFT | GuestLayout.STAGED | marks);
    tables.changed(block, units);
  }

  private Part part(long address) {
    for (Part part : parts) {
      if (part.contains(address)) {
        return part;
      }
    }
    return null;
  }

  private long entry(long page) {
    long table = ((long) block + parts.size()) * GuestLayout.SEGMENT_WORDS;
    for (Part part : parts) {
      if (part.contains(page << SHIFT)) {
        return table + (page - (part.start >>> SHIFT));
      }
      table += part.pages();
    }
    throw new IllegalStateException("page " + page + " is not mapped");
  }

  /** Adds the frames of the pages that the guest may have written to since they were taken back. */
  void addWritten(BitSet to) {
    staged.forEach(
        (page, frame) -> {
          if (isWritten(page)) {
            to.set(frame);
          }
        });
  }

  private boolean isWritten(long page) {
    return (tables.word(entry(page)) & GuestLayout.WRITTEN) != 0;
  }

  /**
   * Takes those pages back, whose frames were copied to the host.
   *
   * @throws MemoryFault if the machine's memory does not suffice
   */
  void takeBack() {
    List<Long> written = new ArrayList<>();
    staged.keySet().stream().filter(this::isWritten).forEach(written::add);
    for (long page : written) {
      space.write(page << SHIFT, frames.read(staged.get(page)));
      long entry = entry(page);
      tables.setWord(entry, tables.word(entry) & ~GuestLayout.WRITTEN);
      tables.changed(block, units);
    }
  }

  /** Gives everything on the device back. */
  void release() {
    staged.values().forEach(frames::release);
    staged.clear();
    tables.release(block, units);
    parts = List.of();
    units = 0;
  }
}
