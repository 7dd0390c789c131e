package dev.axon64.metal.guest;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import java.nio.ByteBuffer;
import java.util.List;

/** The shader's first buffer: for each guest its registers, its budget and why it stopped. */
public final class GuestRecords {
  private static final List<MemoryFault.Access> ACCESSES =
      List.of(MemoryFault.Access.READ, MemoryFault.Access.WRITE, MemoryFault.Access.EXECUTE);

  private final GuestLayout layout;
  private final ByteBuffer bytes;

  /**
   * @param bytes little-endian, {@link GuestLayout#size} for each guest
   */
  public GuestRecords(GuestLayout layout, ByteBuffer bytes) {
    this.layout = layout;
    this.bytes = bytes;
  }

  private int at(int guest, String field) {
    return guest * layout.size() + layout.offset(field);
  }

  private void put(int guest, String field, long value) {
    if (layout.field(field).bytes() == Long.BYTES) {
      bytes.putLong(at(guest, field), value);
    } else {
      bytes.putInt(at(guest, field), (int) value);
    }
  }

  private long get(int guest, String field) {
    return layout.field(field).bytes() == Long.BYTES
        ? bytes.getLong(at(guest, field))
        : bytes.getInt(at(guest, field)) & 0xffffffffL;
  }

  /** Copies a guest's registers in. */
  public void copyIn(int guest, CpuState cpu) {
    bytes.position(at(guest, "x"));
    bytes.asLongBuffer().put(cpu.x);
    bytes.position(at(guest, "v"));
    bytes.asLongBuffer().put(cpu.v);
    put(guest, "pc", cpu.pc);
    layout.named().forEach(register -> put(guest, register.field(), cpu.get(register.slot())));
    put(guest, "counter", cpu.host.cntvct());
  }

  /** Sets how many instructions it has executed, and up to how many it may go on. */
  public void allow(int guest, long executed, long budget) {
    put(guest, "executed", executed);
    put(guest, "budget", budget);
  }

  /** Sets which segments are its memory. */
  public void memory(int guest, int firstSegment, int segments) {
    put(guest, "first_segment", firstSegment);
    put(guest, "segment_count", segments);
  }

  /**
   * Copies a guest's registers back and says why it stopped. As with the other engines, pc is
   * behind an SVC, which counts as executed, and at whatever else stopped the guest.
   */
  public Stop copyOut(int guest, CpuState cpu) {
    bytes.position(at(guest, "x"));
    bytes.asLongBuffer().get(cpu.x);
    bytes.position(at(guest, "v"));
    bytes.asLongBuffer().get(cpu.v);
    cpu.pc = pc(guest);
    for (GuestLayout.Named register : layout.named()) {
      cpu.set(register.slot(), get(guest, register.field()));
    }
    Stop stop = stop(guest);
    if (stop instanceof Stop.SystemCall) {
      cpu.pc += 4;
      put(guest, "executed", executed(guest) + 1);
    }
    return stop;
  }

  /** The number of instructions that a guest completed. */
  public long executed(int guest) {
    return get(guest, "executed");
  }

  /** Where a guest stopped. */
  public long pc(int guest) {
    return get(guest, "pc");
  }

  /** The name of the code that says why a guest stopped. */
  public String code(int guest) {
    return layout.stops().get((int) get(guest, "stop"));
  }

  /** What belongs to that code. */
  public long argument(int guest) {
    return get(guest, "stop_argument");
  }

  private Stop stop(int guest) {
    int word = (int) get(guest, "word");
    long argument = argument(guest);
    return switch (code(guest)) {
      case GuestLayout.BUDGET -> Stop.BUDGET;
      case GuestLayout.UNDEFINED -> new Stop.Undefined(word);
      case GuestLayout.MISDISPATCH -> new Stop.Misdispatch(word, (int) get(guest, "kernel_number"));
      case GuestLayout.DISABLED -> new Stop.Trap(TrapKind.DISABLED, word & 0xffffffffL);
      case GuestLayout.PC_ALIGNMENT -> new Stop.Trap(TrapKind.ALIGNMENT, argument);
      case GuestLayout.UNMAPPED, GuestLayout.ABSENT ->
          fault(guest, argument, MemoryFault.Reason.UNMAPPED);
      case GuestLayout.FORBIDDEN -> fault(guest, argument, MemoryFault.Reason.FORBIDDEN);
      case GuestLayout.RUNNING -> throw new IllegalStateException("guest " + guest + " never ran");
      default -> {
        TrapKind kind = new TrapKind(layout.trap((int) get(guest, "stop")));
        yield Stop.of(new GuestTrap(kind, argument), word, (int) get(guest, "kernel_number"));
      }
    };
  }

  private Stop fault(int guest, long address, MemoryFault.Reason reason) {
    MemoryFault.Access access = ACCESSES.get((int) get(guest, "access"));
    return new Stop.Fault(new MemoryFault(address, access, reason));
  }
}
