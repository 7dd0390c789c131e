package dev.axon64.machine.lockstep;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.function.Supplier;

/**
 * Executes each turn twice: on the reference with a copy of registers and memory, then on the
 * engine that is held to it. Whatever differs afterwards ends the run with {@link DifferenceFound}.
 */
public final class LockstepEngine implements Engine {
  private final Engine subject;
  private final Supplier<? extends Engine> references;
  private final RegionLog log;
  private long executed;
  private long total;
  private long unchecked;

  /**
   * @param subject what is checked
   * @param references make what it is held to, for each copy of the memory
   * @param log is told of the subject's regions
   */
  public LockstepEngine(Engine subject, Supplier<? extends Engine> references, RegionLog log) {
    this.subject = subject;
    this.references = references;
    this.log = log;
  }

  @Override
  public long executed() {
    return executed;
  }

  /** Turns that ran out of memory. */
  public long unchecked() {
    return unchecked;
  }

  @Override
  public void networkChanged() {
    subject.networkChanged();
  }

  /**
   * Runs as {@link Engine#run} does.
   *
   * @throws DifferenceFound if the engines do not do the same
   */
  @Override
  public Stop run(CpuState cpu, long budget) {
    Moment start = Moment.of(cpu);
    try {
      return checked(start, cpu, budget);
    } finally {
      start.forget();
    }
  }

  private Stop checked(Moment start, CpuState cpu, long budget) {
    Trial expected = start.copied(references.get(), budget);
    Trial actual = start.run(subject, cpu, budget);
    executed = actual.executed();
    if (isExhausted(expected.stop()) || isExhausted(actual.stop())) {
      unchecked++;
    } else {
      List<String> differences = Comparison.of(expected, actual);
      if (!differences.isEmpty()) {
        long most = Math.max(expected.executed(), actual.executed()) + 1;
        throw new DifferenceFound(
            new Narrowing(subject, references, log, start, cpu)
                .narrowed(total, Math.min(most, budget), differences));
      }
    }
    expected.cpu().memory.clear();
    total += executed;
    return actual.stop();
  }

  /** The limit on memory holds for the guest itself, not for a copy. */
  private static boolean isExhausted(Stop stop) {
    return stop instanceof Stop.Fault fault && fault.fault().reason == MemoryFault.Reason.EXHAUSTED;
  }
}
