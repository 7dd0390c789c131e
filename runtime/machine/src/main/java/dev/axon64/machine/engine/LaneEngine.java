package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.lane.LaneState;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs many guests at once, each with its own memory, in groups of 64 per host thread. Guests that
 * are at the same instruction of the same program execute it together.
 */
public final class LaneEngine {
  private final List<LaneGroup> groups = new ArrayList<>();
  private final Supplier<? extends Dispatcher> dispatchers;
  private final Supplier<? extends HotLoops> loops;

  /**
   * @param dispatchers the network: one dispatcher per group
   */
  public LaneEngine(Supplier<? extends Dispatcher> dispatchers) {
    this(dispatchers, () -> null);
  }

  /**
   * @param loops takes over hot loops, one per group; supplies null if nothing does
   */
  public LaneEngine(
      Supplier<? extends Dispatcher> dispatchers, Supplier<? extends HotLoops> loops) {
    this.dispatchers = dispatchers;
    this.loops = loops;
  }

  /**
   * Runs guests until each has stopped: by a trap, a fault or its budget. A guest keeps its place
   * in the list from run to run.
   *
   * @param guests any number; null for one that does not run
   * @param budget the most instructions for each
   * @return why each stopped, at the guest's place; null where there is none
   * @throws IllegalArgumentException if two of them have one memory
   */
  public Stop[] run(List<CpuState> guests, long budget) {
    List<CpuState> some = guests.stream().filter(Objects::nonNull).toList();
    if (some.stream().map(cpu -> cpu.memory).distinct().count() < some.size()) {
      throw new IllegalArgumentException("two guests have one memory; lanes need one each");
    }
    int count = (guests.size() + LaneState.LANES - 1) / LaneState.LANES;
    while (groups.size() < count) {
      groups.add(new LaneGroup(dispatchers.get(), loops.get()));
    }
    Stop[] stops = new Stop[guests.size()];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            group -> {
              int from = group * LaneState.LANES;
              int to = Math.min(guests.size(), from + LaneState.LANES);
              CpuState[] cpus = guests.subList(from, to).toArray(CpuState[]::new);
              Stop[] theirs = groups.get(group).run(cpus, budget);
              System.arraycopy(theirs, 0, stops, from, cpus.length);
            });
    return stops;
  }

  /** The number of instructions that a guest completed in the last run. */
  public long executed(int guest) {
    return groups.get(guest / LaneState.LANES).done(guest % LaneState.LANES);
  }

  /** The number of words that the network has decided so far. */
  public long evaluations() {
    return groups.stream().mapToLong(LaneGroup::evaluations).sum();
  }

  /**
   * The number of instructions executed so far, each counted once for all lanes that executed it
   * together.
   */
  public long steps() {
    return groups.stream().mapToLong(LaneGroup::steps).sum();
  }

  /**
   * The number of instructions that all guests together have executed so far, without those of hot
   * loops that were applied at once.
   */
  public long guestSteps() {
    return groups.stream().mapToLong(LaneGroup::laneSteps).sum();
  }
}
