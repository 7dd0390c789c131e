package dev.axon64.metal.guest;

import dev.axon64.codegen.isa.emit.GuestLayout;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.cpu.GuestTrap;
import dev.axon64.runtime.engine.Stop;
import dev.axon64.runtime.memory.AddressSpace;
import dev.axon64.runtime.memory.MemoryFault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guests as the buffers of the generated shader: 0 registers, 1 segments, 2 memory, 3 the count.
 * Guests with the same address space work on one copy of it; they must not race.
 */
public final class GuestGrid {
  private static final List<MemoryFault.Access> ACCESSES =
      List.of(MemoryFault.Access.READ, MemoryFault.Access.WRITE, MemoryFault.Access.EXECUTE);

  private final GuestLayout layout;
  private final List<CpuState> cpus;
  private final MemoryImage image;
  private final Map<AddressSpace, Integer> firstSegments = new IdentityHashMap<>();
  private final Map<AddressSpace, List<MemoryImage.Segment>> spaces = new IdentityHashMap<>();
  private final ByteBuffer guests;
  private final ByteBuffer segments;

  /**
   * Copies guests in.
   *
   * @param budget the most instructions that each is to execute
   */
  public GuestGrid(GuestLayout layout, List<CpuState> cpus, long budget) {
    this.layout = layout;
    this.cpus = List.copyOf(cpus);
    cpus.forEach(cpu -> spaces.put(cpu.memory, List.of()));
    image = new MemoryImage(spaces.keySet());
    List<MemoryImage.Segment> all = new ArrayList<>();
    spaces.replaceAll(
        (space, none) -> {
          firstSegments.put(space, all.size());
          List<MemoryImage.Segment> own = image.add(space);
          all.addAll(own);
          return own;
        });
    segments = buffer(Math.max(1, all.size()) * GuestLayout.SEGMENT_WORDS * Long.BYTES);
    all.forEach(
        s ->
            segments
                .putLong(s.base())
                .putLong(s.size())
                .putLong(s.offset())
                .putLong(s.permissions()));
    guests = buffer(cpus.size() * layout.size());
    for (int i = 0; i < cpus.size(); i++) {
      copyIn(i, budget);
    }
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

  private int at(int guest, String field) {
    return guest * layout.size() + layout.offset(field);
  }

  private void put(int guest, String field, long value) {
    if (layout.field(field).bytes() == Long.BYTES) {
      guests.putLong(at(guest, field), value);
    } else {
      guests.putInt(at(guest, field), (int) value);
    }
  }

  private long get(int guest, String field) {
    return layout.field(field).bytes() == Long.BYTES
        ? guests.getLong(at(guest, field))
        : guests.getInt(at(guest, field)) & 0xffffffffL;
  }

  private void copyIn(int guest, long budget) {
    CpuState cpu = cpus.get(guest);
    guests.position(at(guest, "x"));
    guests.asLongBuffer().put(cpu.x);
    guests.position(at(guest, "v"));
    guests.asLongBuffer().put(cpu.v);
    put(guest, "pc", cpu.pc);
    layout.states().forEach(name -> put(guest, name, StateFields.get(cpu, name)));
    put(guest, "budget", budget);
    put(guest, "counter", cpu.host.cntvct());
    put(guest, "first_segment", firstSegments.get(cpu.memory));
    put(guest, "segment_count", spaces.get(cpu.memory).size());
  }

  /**
   * Copies registers and memory back and says for each guest why it stopped. As with the other
   * engines, pc is behind an SVC and at whatever else stopped the guest.
   */
  public List<Stop> copyOut() {
    spaces.forEach(image::copyOut);
    List<Stop> stops = new ArrayList<>();
    for (int guest = 0; guest < cpus.size(); guest++) {
      CpuState cpu = cpus.get(guest);
      guests.position(at(guest, "x"));
      guests.asLongBuffer().get(cpu.x);
      guests.position(at(guest, "v"));
      guests.asLongBuffer().get(cpu.v);
      cpu.pc = get(guest, "pc");
      for (String name : layout.states()) {
        StateFields.set(cpu, name, get(guest, name));
      }
      Stop stop = stop(guest);
      if (stop instanceof Stop.SystemCall) {
        cpu.pc += 4;
        put(guest, "executed", get(guest, "executed") + 1);
      }
      stops.add(stop);
    }
    return stops;
  }

  /** Instructions that a guest completed; after {@link #copyOut} an SVC counts. */
  public long executed(int guest) {
    return get(guest, "executed");
  }

  private Stop stop(int guest) {
    int code = (int) get(guest, "stop");
    int word = (int) get(guest, "word");
    long argument = get(guest, "stop_argument");
    return switch (layout.stops().get(code)) {
      case GuestLayout.BUDGET -> Stop.BUDGET;
      case GuestLayout.UNDEFINED -> new Stop.Undefined(word);
      case GuestLayout.MISDISPATCH -> new Stop.Misdispatch(word, (int) get(guest, "kernel_number"));
      case GuestLayout.DISABLED -> new Stop.Trap("disabled", word & 0xffffffffL);
      case GuestLayout.PC_ALIGNMENT -> new Stop.Trap("alignment", argument);
      case GuestLayout.UNMAPPED -> fault(guest, argument, MemoryFault.Reason.UNMAPPED);
      case GuestLayout.FORBIDDEN -> fault(guest, argument, MemoryFault.Reason.FORBIDDEN);
      case GuestLayout.RUNNING -> throw new IllegalStateException("guest " + guest + " never ran");
      default -> Stop.of(new GuestTrap(layout.trap(code), argument), word);
    };
  }

  private Stop fault(int guest, long address, MemoryFault.Reason reason) {
    MemoryFault.Access access = ACCESSES.get((int) get(guest, "access"));
    return new Stop.Fault(new MemoryFault(address, access, reason));
  }
}
