package dev.axon64.metal.guest;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.guest.MemoryImage.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Guests as the buffers of the generated shader: 0 registers, 1 segments and page tables, 2 memory,
 * 3 the count. Guests with the same address space work on one copy of it; they must not race.
 */
public final class GuestGrid {
  /** The top byte of an address is ignored. */
  private static final long UNTAGGED = -1L >>> 8;

  private final List<CpuState> cpus;
  private final MemoryImage image;
  private final List<Segment> all = new ArrayList<>();
  private final Map<AddressSpace, Integer> firstSegments = new IdentityHashMap<>();
  private final Map<AddressSpace, Integer> segmentCounts = new IdentityHashMap<>();
  private final ByteBuffer guests;
  private final GuestRecords records;
  private final ByteBuffer segments;

  /**
   * Copies guests in, with all their memory.
   *
   * @param budget the most instructions that each is to execute
   */
  public GuestGrid(GuestLayout layout, List<CpuState> cpus, long budget) {
    this(layout, cpus, budget, capacity(cpus));
    all.forEach(image::stage);
    all.forEach(this::writeTable);
  }

  private GuestGrid(GuestLayout layout, List<CpuState> cpus, long budget, long capacity) {
    this.cpus = List.copyOf(cpus);
    this.image = new MemoryImage(capacity);
    for (CpuState cpu : cpus) {
      if (!firstSegments.containsKey(cpu.memory)) {
        List<Segment> own = MemoryImage.segments(cpu.memory);
        firstSegments.put(cpu.memory, all.size());
        segmentCounts.put(cpu.memory, own.size());
        all.addAll(own);
      }
    }
    segments = buffer(Math.max(1, tableAt(all.size())) * Long.BYTES);
    writeSegments();
    guests = buffer(cpus.size() * layout.size());
    records = new GuestRecords(layout, guests);
    for (int i = 0; i < cpus.size(); i++) {
      CpuState cpu = cpus.get(i);
      records.copyIn(i, cpu);
      records.allow(i, 0, budget);
      records.memory(i, firstSegments.get(cpu.memory), segmentCounts.get(cpu.memory));
    }
  }

  /** One guest, of whose memory nothing is copied in before it is {@linkplain #stage staged}. */
  static GuestGrid unstaged(GuestLayout layout, CpuState cpu, long budget) {
    return new GuestGrid(layout, List.of(cpu), budget, 0);
  }

  private static long capacity(List<CpuState> cpus) {
    return cpus.stream().map(cpu -> cpu.memory).distinct().mapToLong(MemoryImage::size).sum();
  }

  /** Where a segment's page table begins, in 64-bit words. */
  private int tableAt(int segment) {
    int at = all.size() * GuestLayout.SEGMENT_WORDS;
    for (int i = 0; i < segment; i++) {
      at += all.get(i).places().length;
    }
    return at;
  }

  private void writeSegments() {
    int table = tableAt(0);
    for (Segment s : all) {
      segments.putLong(s.base()).putLong(s.size()).putLong(table).putLong(s.permissions());
      table += s.places().length;
    }
  }

  private void writeTable(Segment segment) {
    segments.position(tableAt(all.indexOf(segment)) * Long.BYTES);
    segments.asLongBuffer().put(segment.places());
  }

  /** The address that the guest stopped at because it is not staged. */
  OptionalLong absent() {
    return records.code(0).equals(GuestLayout.ABSENT)
        ? OptionalLong.of(records.argument(0))
        : OptionalLong.empty();
  }

  /** Whether the guest has accessed the page of an address since it was staged. */
  boolean touched(long address) {
    int at = entry(address);
    return at >= 0 && (segments.getLong(at) & GuestLayout.TOUCHED) != 0;
  }

  /** Where the guest stopped. */
  long pc() {
    return records.pc(0);
  }

  /**
   * Copies the page of an address in.
   *
   * @return false if nothing is mapped there, or it is in already
   * @throws MemoryFault if it cannot be read
   */
  boolean stage(long address) {
    int i = segment(address);
    if (i < 0) {
      return false;
    }
    Segment segment = all.get(i);
    int page = segment.page(address & UNTAGGED);
    boolean staged = image.stage(segment, page);
    if (staged) {
      segments.putLong(entry(address), segment.places()[page]);
    }
    return staged;
  }

  /** The segment that maps an address for some access; -1 if there is none. */
  private int segment(long address) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).contains(address & UNTAGGED) && all.get(i).places().length > 0) {
        return i;
      }
    }
    return -1;
  }

  /** Where an address's page table entry stands; -1 if there is none. */
  private int entry(long address) {
    int i = segment(address);
    return i < 0 ? -1 : (tableAt(i) + all.get(i).page(address & UNTAGGED)) * Long.BYTES;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** By buffer index; the shader changes them in place. */
  public Map<Integer, byte[]> buffers() {
    return Map.of(
        0, guests.array(),
        1, segments.array(),
        2, image.buffer(),
        3, buffer(Integer.BYTES).putInt(0, cpus.size()).array());
  }

  /**
   * Copies registers and memory back and says for each guest why it stopped. As with the other
   * engines, pc is behind an SVC and at whatever else stopped the guest.
   */
  public List<Stop> copyOut() {
    all.forEach(image::copyOut);
    List<Stop> stops = new ArrayList<>();
    for (int guest = 0; guest < cpus.size(); guest++) {
      stops.add(records.copyOut(guest, cpus.get(guest)));
    }
    return stops;
  }

  /** Instructions that a guest completed; after {@link #copyOut} an SVC counts. */
  public long executed(int guest) {
    return records.executed(guest);
  }
}
