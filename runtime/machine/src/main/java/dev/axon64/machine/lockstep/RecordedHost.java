package dev.axon64.machine.lockstep;

import dev.axon64.machine.state.Host;
import java.util.ArrayList;
import java.util.List;

/** Gives two runs of the same code the same answers. */
final class RecordedHost {
  private final Host host;
  private final List<Long> counters = new ArrayList<>();

  RecordedHost(Host host) {
    this.host = host;
  }

  /** The machine, whose answers are kept. */
  Host recording() {
    counters.clear();
    return () -> {
      long answer = host.cntvct();
      counters.add(answer);
      return answer;
    };
  }

  /** The machine, whose first answers are those that were kept. */
  Host replaying() {
    return new Host() {
      private int next;

      @Override
      public long cntvct() {
        return next < counters.size() ? counters.get(next++) : host.cntvct();
      }

      @Override
      public void ic_ivau(long address) {
        host.ic_ivau(address);
      }

      @Override
      public void yield() {
        host.yield();
      }

      @Override
      public void barrier() {
        host.barrier();
      }
    };
  }
}
