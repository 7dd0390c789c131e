package dev.axon64.propose.companion.record;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.LoopFacts;
import java.util.Optional;

/** One time that a program goes round a loop, from the first branch back until it leaves. */
final class LoopVisit {
  static final int REGISTERS = 32;

  final long head;
  final long branch;
  private final int sampleAt;
  private final boolean wanted;
  private long taken;
  private long sampledAt;
  private long[] registers;
  private Optional<LoopFacts> facts = Optional.empty();

  /**
   * @param sampleAt at which branch back the loop is looked at, if there are so many
   * @param wanted whether it is at all
   */
  LoopVisit(long head, long branch, int sampleAt, boolean wanted) {
    this.head = head;
    this.branch = branch;
    this.sampleAt = sampleAt;
    this.wanted = wanted;
  }

  boolean holds(long pc) {
    return Long.compareUnsigned(pc, head) >= 0 && Long.compareUnsigned(pc, branch) <= 0;
  }

  /** The branch back was taken. */
  void again(Meanings meanings, CpuState cpu) {
    taken++;
    if (wanted && (taken == 2 || taken == sampleAt)) {
      sampledAt = taken;
      registers = new long[REGISTERS];
      System.arraycopy(cpu.x, 0, registers, 0, REGISTERS - 1);
      registers[REGISTERS - 1] = cpu.x[CpuState.SP];
      facts = LoopFacts.of(meanings, cpu, branch);
    }
  }

  boolean wanted() {
    return wanted;
  }

  long taken() {
    return taken;
  }

  /** How often the body was gone through after the look. */
  long remaining() {
    return taken - sampledAt + 1;
  }

  /** X0 to X30 and SP at the look. */
  long[] registers() {
    return registers;
  }

  /** What the checker found then; empty if it cannot follow the loop. */
  Optional<LoopFacts> facts() {
    return facts;
  }
}
