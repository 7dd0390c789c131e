package dev.axon64.propose.accelerate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import java.util.List;

/**
 * Tells how many iterations a loop's loads and stores allow to be applied at once. None may fault,
 * and no load may read what an earlier of these iterations stores.
 */
final class Reach {
  private Reach() {}

  /** The addresses of an access: in iteration i it is at {@code first + i * step}. */
  record Track(Access access, long first, long step) {
    int bytes() {
      return access.bytes();
    }

    /** The lowest address in so many iterations. */
    long low(long iterations) {
      return step < 0 ? first + (iterations - 1) * step : first;
    }

    /** The end of the highest access in so many iterations. */
    long high(long iterations) {
      return (step < 0 ? first : first + (iterations - 1) * step) + access.bytes();
    }
  }

  /** How many iterations, up to a number, have addresses below 2^48. */
  static long plain(Track track, long most) {
    long end = AddressSpace.END - track.bytes();
    if (track.first < 0 || track.first > end) {
      return 0;
    }
    if (track.step == 0) {
      return most;
    }
    long room = track.step > 0 ? (end - track.first) / track.step : track.first / -track.step;
    return Math.min(most, room + 1);
  }

  /**
   * How many iterations, up to a number, come before the first that faults. Touches the pages as
   * the accesses would.
   */
  static long permitted(AddressSpace memory, Track track, long most) {
    long page = -1;
    if (Math.abs(track.step) > AddressSpace.PAGE) {
      for (long i = 0; i < most; i++) {
        long a = track.first + i * track.step;
        if (faults(memory, track, a) || faults(memory, track, a + track.bytes() - 1)) {
          return i;
        }
      }
      return most;
    }
    long low = track.low(most);
    long high = track.high(most) - 1;
    if (track.step >= 0) {
      for (page = low & -AddressSpace.PAGE; page <= high; page += AddressSpace.PAGE) {
        if (faults(memory, track, page)) {
          // The first whose last byte is in that page or behind.
          long gap = page - (track.first + track.bytes() - 1);
          return gap <= 0 ? 0 : track.step == 0 ? most : (gap + track.step - 1) / track.step;
        }
      }
      return most;
    }
    for (page = high & -AddressSpace.PAGE;
        page + AddressSpace.PAGE > low;
        page -= AddressSpace.PAGE) {
      if (faults(memory, track, page)) {
        // The first whose first byte is in that page or below.
        long gap = track.first - (page + AddressSpace.PAGE - 1);
        return gap <= 0 ? 0 : (gap - track.step - 1) / -track.step;
      }
    }
    return most;
  }

  private static boolean faults(AddressSpace memory, Track track, long a) {
    try {
      if (track.access.store()) {
        memory.checkWrite(a, 1);
      } else {
        memory.checkRead(a, 1);
      }
      return false;
    } catch (MemoryFault fault) {
      return true;
    }
  }

  /** How many iterations, up to a number, load no byte that an earlier one of them stored. */
  static long independent(List<Track> tracks, long most) {
    long n = most;
    for (int s = 0; s < tracks.size(); s++) {
      for (int l = 0; l < tracks.size(); l++) {
        Track store = tracks.get(s);
        Track load = tracks.get(l);
        if (store.access.store() && !load.access.store()) {
          n = Math.min(n, independent(store, load, s < l ? 0 : 1, n));
        }
      }
    }
    return n;
  }

  /**
   * Does the same for one store and one load.
   *
   * @param least 0 if the load comes after the store in the same iteration, else 1
   */
  private static long independent(Track store, Track load, int least, long most) {
    if (store.step != load.step) {
      return apart(store, load, most);
    }
    // Store at s + i * step, load at l + (i + k) * step.
    long distance = store.first - load.first;
    long from = distance - load.bytes(); // they meet where from < k * step < to
    long to = distance + store.bytes();
    if (store.step == 0) {
      return from < 0 && 0 < to ? least : most;
    }
    long step = store.step;
    if (step < 0) {
      long swap = from;
      from = -to;
      to = -swap;
      step = -step;
    }
    long k = Math.max(least, Math.floorDiv(from, step) + 1);
    return k * step < to ? Math.min(most, k) : most;
  }

  /** Halves the number of iterations until the two accesses stay apart altogether. */
  private static long apart(Track a, Track b, long most) {
    long n = most;
    while (n > 1 && a.low(n) < b.high(n) && b.low(n) < a.high(n)) {
      n /= 2;
    }
    return n > 1 ? n : 0;
  }

  /**
   * How many iterations, up to a number, load nothing that a store before it in the same iteration
   * wrote. In these, all loads can come before all stores.
   */
  static long ordered(List<Track> tracks, long most) {
    long n = most;
    for (int s = 0; s < tracks.size(); s++) {
      for (int l = s + 1; l < tracks.size(); l++) {
        Track store = tracks.get(s);
        Track load = tracks.get(l);
        if (store.access.store() && !load.access.store()) {
          long distance = store.first - load.first;
          if (store.step != load.step) {
            n = apart(store, load, n);
          } else if (-store.bytes() < distance && distance < load.bytes()) {
            return 0;
          }
        }
      }
    }
    return n;
  }
}
