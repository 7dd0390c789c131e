package dev.axon64.machine.emulator;

import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AccessListener;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls the hooks of an emulator, and stops a run where they ask. */
final class Observation {
  private record Watch<H>(long from, long to, H hook) {
    boolean covers(long address) {
      return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
    }
  }

  private final Emulator emulator;
  private final List<Watch<Hooks.Code>> code = new ArrayList<>();
  private final List<Watch<Hooks.Memory>> accesses = new ArrayList<>();
  private final List<Hooks.Block> blocks = new ArrayList<>();
  private Optional<Hooks.SystemCall> systemCall = Optional.empty();
  private Optional<Hooks.Interrupt> interrupt = Optional.empty();
  private OptionalLong end = OptionalLong.empty();
  private boolean stopped;
  private boolean moved;

  /** The address after the last instruction; any other begins a block. */
  private long expected;

  Observation(Emulator emulator) {
    this.emulator = emulator;
  }

  void addCode(long from, long to, Hooks.Code hook) {
    code.add(new Watch<>(from, to, hook));
  }

  void addBlock(Hooks.Block hook) {
    blocks.add(hook);
  }

  void addMemory(long from, long to, Hooks.Memory hook) {
    accesses.add(new Watch<>(from, to, hook));
  }

  void setSystemCall(Hooks.SystemCall hook) {
    systemCall = Optional.ofNullable(hook);
  }

  void setInterrupt(Hooks.Interrupt hook) {
    interrupt = Optional.ofNullable(hook);
  }

  /** Sets the address before whose instruction a run stops. */
  void stopAt(OptionalLong address) {
    end = address;
  }

  /** Ends the run. */
  void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  /** Starts a run at an address. */
  void begin(long pc) {
    stopped = false;
    moved = false;
    expected = pc + 1; // No instruction has this address, so the first one begins a block.
  }

  /** Whether instructions must be executed one at a time. */
  boolean isNeeded() {
    return end.isPresent() || !code.isEmpty() || !blocks.isEmpty() || !accesses.isEmpty();
  }

  /** Calls the hooks for memory; empty if there are none. */
  Optional<AccessListener> accessListener() {
    return accesses.isEmpty() ? Optional.empty() : Optional.of(new Accesses());
  }

  /** Whether a hook has moved pc since the last call of this method. */
  boolean takeMove() {
    boolean was = moved;
    moved = false;
    return was;
  }

  /** Calls the hooks for an instruction, and says whether it may be executed. */
  boolean before(CpuState state, int word, int kernel) {
    long pc = state.pc;
    if (stopped || end.isPresent() && pc == end.getAsLong()) {
      return false;
    }
    if (pc != expected) {
      blocks.forEach(hook -> hook.block(emulator, pc));
    }
    for (Watch<Hooks.Code> watch : code) {
      if (watch.covers(pc)) {
        watch.hook.instruction(emulator, pc, word);
      }
    }
    expected = pc + 4;
    // Where a hook has moved pc, the engine must look again.
    moved = !stopped && state.pc != pc;
    return !stopped && !moved;
  }

  /** Calls the hook for what stopped the guest, and says whether the guest may go on. */
  boolean settled(Stop stop) {
    if (stop instanceof Stop.SystemCall call) {
      systemCall.ifPresent(hook -> hook.call(emulator, call.immediate()));
      return systemCall.isPresent();
    }
    return interrupt.isPresent() && interrupt.get().settle(emulator, stop);
  }

  private final class Accesses implements AccessListener {
    @Override
    public void read(long address, int size) {
      tell(false, address, size, 0);
    }

    @Override
    public void write(long address, int size, long value) {
      tell(true, address, size, value);
    }

    private void tell(boolean write, long address, int size, long value) {
      for (Watch<Hooks.Memory> watch : accesses) {
        if (watch.covers(address)) {
          watch.hook.access(emulator, write, address, size, value);
        }
      }
    }
  }
}
