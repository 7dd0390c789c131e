package dev.axon64.machine.lockstep;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.RegionWatch;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Repeats a turn in which two engines differed, with fewer and fewer instructions, until it is
 * known which region goes wrong.
 *
 * <p>A region begins a passage only if the budget covers all its instructions; without that, the
 * scalar engine executes them. So with the smallest budget that still shows a difference, the wrong
 * passage is the last one, and began as many instructions before the end as the region has.
 */
final class Narrowing {
  private final Engine subject;
  private final Supplier<? extends Engine> references;
  private final RegionLog log;
  private final Moment start;
  private final CpuState cpu;

  /**
   * @param cpu the guest, which can be brought back to the start
   */
  Narrowing(
      Engine subject,
      Supplier<? extends Engine> references,
      RegionLog log,
      Moment start,
      CpuState cpu) {
    this.subject = subject;
    this.references = references;
    this.log = log;
    this.start = start;
    this.cpu = cpu;
  }

  /**
   * Finds the smallest budget.
   *
   * @param before see {@link Difference#before}
   * @param most a budget that showed the differences
   */
  Difference narrowed(long before, long most, List<String> differences) {
    start.restore(cpu);
    long pc = cpu.pc;
    long high = most;
    List<String> seen = differences(high);
    if (seen.isEmpty()) {
      return new Difference(differences, before, most, pc, false, Optional.empty());
    }
    long low = 0;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (differences(middle).isEmpty()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    seen = differences(high);
    return new Difference(seen, before, high, pc, true, place(high));
  }

  /** Starts both engines again; the log has what the subject entered then. */
  private List<String> differences(long budget) {
    start.restore(cpu);
    Trial expected = start.copied(references.get(), budget);
    start.restore(cpu);
    log.clear();
    Trial actual = start.run(subject, cpu, budget);
    List<String> found = Comparison.of(expected, actual);
    expected.cpu().memory.clear();
    return found;
  }

  private Optional<Difference.Place> place(long budget) {
    List<RegionWatch.Made> entered = log.lastEntered();
    for (RegionWatch.Made region : entered) {
      long began = budget - region.translation().orElseThrow().instructions();
      if (began >= 0) {
        long pc = pcAfter(began);
        if (region.translation().get().entries().contains(pc)) {
          return place(region, pc);
        }
      }
    }
    return entered.isEmpty()
        ? Optional.empty()
        : place(entered.getFirst(), entered.getFirst().pc());
  }

  private Optional<Difference.Place> place(RegionWatch.Made region, long pc) {
    return log.text(region).map(text -> new Difference.Place(region.pc(), pc, text));
  }

  private long pcAfter(long instructions) {
    Trial trial = start.copied(references.get(), instructions);
    trial.cpu().memory.clear();
    return trial.cpu().pc;
  }
}
