package dev.axon64.machine.lockstep;

import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param cpu the state at its end
 * @param shared the bytes of shared pages at its end, where the memory does not hold them any more
 */
record Trial(Stop stop, long executed, CpuState cpu, Map<Long, byte[]> shared) {
  /** The bytes of a page; null if it is untouched. */
  byte[] page(long address) {
    byte[] kept = shared.get(address);
    return kept != null ? kept : cpu.memory.contents(address);
  }
}
