package dev.axon64.propose.accelerate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.Reach.Track;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Applies many iterations of one loop at once: as many as are proven, for the current registers and
 * memory, to lead back to the head without a fault. Serves one thread.
 */
final class LoopRun {
  /** The fewest iterations to apply; fewer are left to the engine. */
  private static final int LEAST = 4;

  /** How often the forecast of the exits may be renewed in one step. */
  private static final int MOST_TURNS = 200;

  /** The number of bytes that are filled or copied at a time. */
  private static final int PORTION = 1 << 16;

  /** The number of iterations of the first step, where data says when the loop ends. */
  private static final int FIRST_PIECE = 64;

  /** The largest number of iterations of one step. */
  private static final int LARGEST_PIECE = 1 << 16;

  private final Loop loop;

  /** The fewest iterations to apply, if it is known beforehand that there are no more. */
  private final int worthwhile;

  private final Iteration iteration;
  private final Forecast forecast;

  /** The loop's {@link LoopCode}; null if nothing needs it. */
  private final MethodHandle code;

  private final Bulk bulk;
  private final byte[] portion;
  private final int[] closed;
  private final int[] written;
  private final Track[] tracks;
  private final List<Track> laid = new ArrayList<>();

  /** The values of the last iteration; before that, what {@link LoopCode} starts from. */
  private final long[] last;

  private final long[] steps;

  /** Whether the last step did fewer iterations than it was allowed. */
  private boolean atExit;

  /**
   * Prepares a loop, and compiles it if it does something to data.
   *
   * @param fewest the fewest instructions to apply at once
   * @throws Refusal if the loop computes too much
   */
  LoopRun(Loop loop, int fewest) {
    this.loop = loop;
    this.iteration = loop.iteration;
    this.worthwhile = fewest / iteration.length();
    this.forecast = new Forecast(loop);
    boolean stores = iteration.accesses().stream().anyMatch(Access::store);
    this.bulk = loop.hasData ? null : Bulk.of(loop);
    this.portion = bulk == null ? null : new byte[PORTION];
    this.code = loop.hasData || stores ? LoopCode.of(loop) : null;
    this.closed = IntStream.range(0, loop.values.length).filter(id -> loop.closed[id]).toArray();
    this.written =
        IntStream.range(0, Slots.COUNT).filter(slot -> iteration.next()[slot] >= 0).toArray();
    this.tracks = new Track[iteration.accesses().size()];
    this.last = new long[loop.values.length];
    this.steps = new long[loop.values.length];
  }

  Iteration iteration() {
    return iteration;
  }

  /**
   * Applies iterations.
   *
   * @param cpu at the loop's head; changed to its state after the iterations, at the head again
   * @param most how many iterations may be applied
   * @return how many were applied
   */
  long apply(CpuState cpu, long most) {
    long done = 0;
    long piece = loop.dataExits.length > 0 ? FIRST_PIECE : LARGEST_PIECE;
    do {
      long n = once(cpu, Math.min(piece, most - done));
      done += n;
      if (n == 0) {
        break;
      }
      piece = Math.min(LARGEST_PIECE, 4 * piece);
    } while (!atExit && most - done >= LEAST);
    return done;
  }

  private long once(CpuState cpu, long most) {
    atExit = true;
    forecast.begin(cpu);
    if (forecast.unsettled()) {
      return 0;
    }
    long n = exit(most);
    if (n < LEAST || n < worthwhile && n < most) {
      return 0;
    }
    AddressSpace memory = cpu.memory;
    n = lay(n);
    n = permitted(memory, n);
    if (n < LEAST || overwritesItself(n)) {
      return 0;
    }
    n = work(memory, n);
    if (n == 0) {
      return 0;
    }
    for (int slot : written) {
      cpu.set(slot, last[iteration.next()[slot]]);
    }
    cpu.pc = iteration.head();
    atExit = n < most;
    return n;
  }

  /** Does what iterations do to memory, finds the values of the last, and returns their number. */
  private long work(AddressSpace memory, long most) {
    if (code == null) {
      reload(memory, most);
      finish(most);
      return most;
    }
    if (bulk != null && bulk.adjoins(tracks)) {
      long n = Reach.independent(laid, most);
      if (n >= LEAST) {
        reload(memory, n);
        finish(n);
        bulk.store(memory, tracks, last, n, portion);
        return n;
      }
    }
    long n = Reach.ordered(laid, most);
    if (n < LEAST) {
      return 0;
    }
    n = execute(memory, (int) n);
    if (n > 0) {
      finish(n);
    }
    return n;
  }

  private int execute(AddressSpace memory, int n) {
    forecast.at(closed, 0);
    for (int id : closed) {
      last[id] = forecast.value[id];
      if (loop.values[id] instanceof Value.Entry entry) {
        steps[id] = forecast.growth(entry.slot());
      }
    }
    for (int slot : loop.entered) {
      last[loop.entries[slot]] = forecast.start(slot);
    }
    try {
      return (int) code.invokeExact(memory, last, steps, n);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("compiled loops throw nothing", e);
    }
  }

  /** Counts the iterations before a closed exit is taken. */
  private long exit(long most) {
    long i = 0;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      forecast.at(loop.forecast, i);
      long ahead = Forecast.ENDLESS;
      for (int id : loop.closedExits) {
        if (forecast.value[id] != 0) {
          return i;
        }
        ahead = Math.min(ahead, forecast.step[id] == 0 ? forecast.reach[id] : 1);
      }
      if (ahead >= most - i) {
        return most;
      }
      i += ahead;
    }
    return i;
  }

  /** Lays out the accesses, and returns for how many iterations their addresses are known. */
  private long lay(long most) {
    forecast.at(loop.forecast, 0);
    laid.clear();
    long n = most;
    for (int i = 0; i < tracks.length; i++) {
      Access access = iteration.accesses().get(i);
      int id = access.address();
      if (loop.closed[id]) {
        tracks[i] = new Track(access, forecast.value[id], forecast.step[id]);
        laid.add(tracks[i]);
        n = Math.min(n, forecast.reach[id]);
        n = Reach.plain(tracks[i], n);
      }
    }
    return n;
  }

  private long permitted(AddressSpace memory, long most) {
    long n = most;
    for (Track track : laid) {
      if (n > 0) {
        n = Reach.permitted(memory, track, n);
      }
    }
    return n;
  }

  private boolean overwritesItself(long n) {
    for (Track track : laid) {
      if (track.access().store()
          && track.low(n) < iteration.branch() + 4
          && iteration.head() < track.high(n)) {
        return true;
      }
    }
    return false;
  }

  /** Finds what the last iteration loads, before anything is stored. */
  private void reload(AddressSpace memory, long n) {
    for (Track track : laid) {
      if (!track.access().store()) {
        last[track.access().value()] =
            LoopSupport.load(memory, track.first() + (n - 1) * track.step(), track.bytes());
      }
    }
  }

  /** Computes the values of the last iteration from its loads and what was carried into it. */
  private void finish(long n) {
    forecast.at(closed, n - 1);
    for (int id = 0; id < last.length; id++) {
      if (loop.closed[id]) {
        last[id] = forecast.value[id];
      } else if (loop.values[id] instanceof Value.Computed v) {
        last[id] = loop.computed(id, v, last);
      }
    }
  }
}
