package dev.axon64.app.profile;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a guest's stack: the chain of frames that begins with x29, as the procedure call standard
 * has it, each with its caller's frame and the address to return to.
 */
final class GuestStack {
  private static final int FRAME = 29;
  private static final int LINK = 30;
  private static final int MOST = 128;
  private static final int IN_PAGE = AddressSpace.PAGE - 1;

  private GuestStack() {}

  /** The functions that are being executed, the outermost first. */
  static List<GuestSymbols.Place> of(CpuState cpu, GuestSymbols symbols) {
    List<Long> returns = returns(cpu);
    List<GuestSymbols.Place> places = new ArrayList<>();
    GuestSymbols.Place inner = symbols.at(cpu.memory, cpu.pc);
    places.add(inner);
    // A function that keeps no frame is in the link register alone; one that has called others has
    // an address of its own there.
    if (returns.isEmpty() || returns.getFirst() != cpu.x[LINK]) {
      GuestSymbols.Place caller = symbols.at(cpu.memory, cpu.x[LINK] - Integer.BYTES);
      boolean isCaller =
          cpu.memory.mappingAt(cpu.x[LINK]) != null
              && !(caller.function().equals(inner.function())
                  && caller.object().equals(inner.object()));
      if (isCaller) {
        places.add(caller);
      }
    }
    for (long back : returns) {
      places.add(symbols.at(cpu.memory, back - Integer.BYTES));
    }
    Collections.reverse(places);
    return places;
  }

  private static List<Long> returns(CpuState cpu) {
    List<Long> returns = new ArrayList<>();
    long frame = cpu.x[FRAME];
    while (returns.size() < MOST) {
      Optional<Long> next = load(cpu.memory, frame);
      Optional<Long> back = load(cpu.memory, frame + Long.BYTES);
      if (next.isEmpty() || back.isEmpty() || cpu.memory.mappingAt(back.get()) == null) {
        break;
      }
      returns.add(back.get());
      if (Long.compareUnsigned(next.get(), frame) <= 0) {
        break; // callers' frames lie above
      }
      frame = next.get();
    }
    return returns;
  }

  /** Eight bytes, without touching anything. */
  private static Optional<Long> load(AddressSpace memory, long address) {
    if ((address & Long.BYTES - 1) != 0 || address < 0 || address >= AddressSpace.END) {
      return Optional.empty();
    }
    byte[] page = memory.contents(address & ~IN_PAGE);
    if (page == null) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = value << Byte.SIZE | page[((int) address & IN_PAGE) + i] & 0xff;
    }
    return Optional.of(value);
  }
}
