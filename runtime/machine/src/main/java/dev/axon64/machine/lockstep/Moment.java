package dev.axon64.machine.lockstep;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.Arrays;
import java.util.Map;

/** A guest's registers and memory at one time, from which engines can start again and again. */
final class Moment {
  private final CpuState kept;
  private final RecordedHost host;

  /** Shared pages as they were, since they cannot be copied by a fork. */
  private Map<Long, byte[]> shared = Map.of();

  private Moment(CpuState kept) {
    this.kept = kept;
    this.host = new RecordedHost(kept.host);
  }

  /** This moment of a guest. */
  static Moment of(CpuState cpu) {
    return new Moment(copy(cpu, MemoryCopy.of(cpu.memory)));
  }

  private static CpuState copy(CpuState cpu, AddressSpace memory) {
    CpuState copy = new CpuState();
    copy.assign(cpu);
    copy.host = cpu.host;
    copy.memory = memory;
    return copy;
  }

  /** Runs an engine on a copy, and keeps what the machine answers. */
  Trial copied(Engine engine, long budget) {
    CpuState cpu = copy(kept, kept.memory.fork());
    SharedPages pages = new SharedPages(cpu.memory);
    cpu.host = host.recording();
    Stop stop = engine.run(cpu, budget);
    Map<Long, byte[]> after = pages.takenBack();
    shared = pages.before();
    return new Trial(stop, engine.executed(), cpu, after);
  }

  /** Runs an engine on the guest itself, which is as at this moment; the machine answers alike. */
  Trial run(Engine engine, CpuState cpu, long budget) {
    cpu.host = host.replaying();
    try {
      Stop stop = engine.run(cpu, budget);
      return new Trial(stop, engine.executed(), cpu, Map.of());
    } finally {
      cpu.host = kept.host;
    }
  }

  /** Brings the guest back to this moment. */
  void restore(CpuState cpu) {
    cpu.assign(kept);
    AddressSpace memory = cpu.memory;
    memory.forEachTouched(0, AddressSpace.END, address -> restore(memory, address));
  }

  private void restore(AddressSpace memory, long address) {
    byte[] now = memory.contents(address);
    byte[] then = shared.getOrDefault(address, kept.memory.contents(address));
    if (then != now && !(then != null && Arrays.equals(then, now))) {
      try {
        memory.write(address, then != null ? then : kept.memory.read(address, AddressSpace.PAGE));
      } catch (MemoryFault untouchable) {
        // The guest cannot have written there, or cannot read it.
      }
    }
  }

  /** Frees the copy's memory. */
  void forget() {
    kept.memory.clear();
  }
}
