package dev.axon64.propose.accelerate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.propose.accelerate.Reach.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Stores that together fill or copy a piece of memory without gaps. The stores of the iterations
 * lie side by side. They store either what never changes, or what was loaded at a fixed distance.
 */
final class Bulk {
  /** The most bytes that one iteration writes. */
  private static final int WIDEST = 256;

  /** By access: the load whose value it stores; -1 if it loads, or stores what never changes. */
  private final int[] sources;

  private final boolean copies;
  private final int stores;

  private Bulk(int[] sources, int stores, boolean copies) {
    this.sources = sources;
    this.stores = stores;
    this.copies = copies;
  }

  /** Finds the stores of a loop; null if they neither fill nor copy. */
  static Bulk of(Loop loop) {
    List<Access> accesses = loop.iteration.accesses();
    int[] sources = new int[accesses.size()];
    int stores = 0;
    int copies = 0;
    for (int i = 0; i < sources.length; i++) {
      Access access = accesses.get(i);
      sources[i] = -1;
      if (access.store()) {
        stores++;
        if (!loop.same[access.value()]) {
          if (!loop.copied[access.value()]) {
            return null;
          }
          copies++;
          sources[i] = load(accesses, access.value());
        }
      }
    }
    return stores == 0 || copies != 0 && copies != stores
        ? null
        : new Bulk(sources, stores, copies > 0);
  }

  private static int load(List<Access> accesses, int value) {
    for (int i = 0; i < accesses.size(); i++) {
      if (!accesses.get(i).store() && accesses.get(i).value() == value) {
        return i;
      }
    }
    throw new IllegalStateException("a load without access");
  }

  /** Whether the stores, as they are laid out, leave no gaps. */
  boolean adjoins(Track[] tracks) {
    List<Integer> order = order(tracks);
    Track first = tracks[order.getFirst()];
    long unit = Math.abs(first.step());
    return unit != 0 && unit <= WIDEST && adjoining(tracks, order, first, unit);
  }

  private List<Integer> order(Track[] tracks) {
    List<Integer> order = new ArrayList<>(stores);
    for (int i = 0; i < tracks.length; i++) {
      if (tracks[i] != null && tracks[i].access().store()) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingLong(i -> tracks[i].first()));
    return order;
  }

  /**
   * Does the stores of many iterations, which {@linkplain #adjoins adjoin}.
   *
   * @param last the values of the last iteration
   * @param n the number of iterations
   * @param portion space to work in
   */
  void store(AddressSpace memory, Track[] tracks, long[] last, long n, byte[] portion) {
    List<Integer> order = order(tracks);
    Track first = tracks[order.getFirst()];
    long unit = Math.abs(first.step());
    long length = n * unit;
    long start = first.step() > 0 ? first.first() : first.first() + (n - 1) * first.step();
    if (copies) {
      long distance = tracks[sources[order.getFirst()]].first() - first.first();
      copy(memory, start, distance, length, (int) unit, first.step() > 0, portion);
    } else {
      fill(memory, tracks, order, last, start, length, (int) unit, portion);
    }
  }

  private boolean adjoining(Track[] tracks, List<Integer> order, Track first, long unit) {
    long at = first.first();
    long distance = copies ? tracks[sources[order.getFirst()]].first() - at : 0;
    for (int i : order) {
      Track track = tracks[i];
      if (track.first() != at || track.step() != first.step()) {
        return false;
      }
      if (copies) {
        Track source = tracks[sources[i]];
        if (source.bytes() != track.bytes()
            || source.step() != track.step()
            || source.first() - at != distance) {
          return false;
        }
      }
      at += track.bytes();
    }
    return at - first.first() == unit;
  }

  private static void fill(
      AddressSpace memory,
      Track[] tracks,
      List<Integer> order,
      long[] last,
      long start,
      long length,
      int unit,
      byte[] portion) {
    int size = (int) Math.min(length, portion.length / unit * unit);
    int at = 0;
    for (int i : order) {
      long value = last[tracks[i].access().value()];
      for (int k = 0; k < tracks[i].bytes(); k++) {
        portion[at++] = (byte) (value >>> 8 * k);
      }
    }
    while (at < size) {
      int more = Math.min(at, size - at);
      System.arraycopy(portion, 0, portion, at, more);
      at += more;
    }
    for (long done = 0; done < length; done += size) {
      memory.write(start + done, portion, 0, (int) Math.min(size, length - done));
    }
  }

  /** Copies in the order of the iterations. */
  private static void copy(
      AddressSpace memory,
      long start,
      long distance,
      long length,
      int unit,
      boolean upwards,
      byte[] portion) {
    int size = portion.length / unit * unit;
    for (long done = 0; done < length; done += size) {
      int part = (int) Math.min(size, length - done);
      long to = upwards ? start + done : start + length - done - part;
      memory.read(to + distance, portion, 0, part);
      memory.write(to, portion, 0, part);
    }
  }
}
