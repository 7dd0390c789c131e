package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.lane.LaneState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** A pool of lanes: a group of 64 guests for each core. */
final class LanePool implements GuestPool {
  private final List<LaneSeats> groups = new ArrayList<>();

  LanePool(int groups, Supplier<? extends Dispatcher> dispatchers) {
    for (int i = 0; i < groups; i++) {
      this.groups.add(new LaneSeats(new LaneEngine(dispatchers)));
    }
  }

  @Override
  public int seats() {
    return groups.size() * LaneState.LANES;
  }

  /** A seat in the emptiest group. */
  @Override
  public Seat seat() {
    LaneSeats group;
    synchronized (this) {
      group = groups.stream().min(Comparator.comparingInt(LaneSeats::wanted)).orElseThrow();
      group.want();
    }
    return group.seat();
  }

  @Override
  public void close() {}
}
