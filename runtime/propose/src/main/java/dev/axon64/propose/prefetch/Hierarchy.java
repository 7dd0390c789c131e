package dev.axon64.propose.prefetch;

import dev.axon64.machine.memory.Prefetcher;

/**
 * Simulates two levels of data cache in front of memory, and a prefetcher that fills both. Each
 * instruction takes a time of 1, plus what the program waits for lines.
 */
public final class Hierarchy {
  private static final int L1_BYTES = 32 << 10;
  private static final int L2_BYTES = 512 << 10;
  private static final int WAYS = 8;

  /** The time that a line takes to come from the second level. */
  static final int NEAR = 12;

  /** The time that a line takes to come from memory. */
  static final int FAR = 150;

  /** How many prefetched lines may be on their way at once. */
  private static final int MOST_IN_FLIGHT = 32;

  private final Prefetcher prefetcher;
  private final LineCache l1 = new LineCache(L1_BYTES, WAYS);
  private final LineCache l2 = new LineCache(L2_BYTES, WAYS);
  private final long[] flights = new long[MOST_IN_FLIGHT];
  private long now;
  private long last = -1;
  private long accesses;
  private long l1Misses;
  private long l2Misses;
  private long issued;
  private long useful;
  private long late;
  private long waited;

  /** Starts with empty caches. */
  public Hierarchy(Prefetcher prefetcher) {
    this.prefetcher = prefetcher;
  }

  /** Counts an instruction. */
  public void step() {
    now++;
  }

  /**
   * Does a load or store.
   *
   * @param pc the address of the instruction
   * @param size in bytes, at most a line
   */
  public void access(long pc, long address, int size, boolean write) {
    prefetcher.touch(pc, address, size, write);
    line(pc, address / LineCache.LINE);
    long end = address + size - 1;
    if (end / LineCache.LINE != address / LineCache.LINE) {
      prefetcher.touch(pc, end / LineCache.LINE * LineCache.LINE, size, write);
      line(pc, end / LineCache.LINE);
    }
  }

  private void line(long pc, long line) {
    accesses++;
    int place = l1.find(line);
    boolean wanted = place == LineCache.MISSING;
    if (wanted) {
      miss(line);
    } else {
      l1.touch(place);
      if (l1.arrival(place) != 0) {
        wanted = true;
        used(place);
      }
    }
    if (line != last) {
      last = line;
      prefetcher.access(pc, line, wanted, this::fetch);
    }
  }

  private void miss(long line) {
    l1Misses++;
    int place = l2.find(line);
    if (place == LineCache.MISSING) {
      l2Misses++;
      l2.insert(line, 0);
      await(FAR);
    } else {
      l2.touch(place);
      await(NEAR);
    }
    l1.insert(line, 0);
  }

  /** Counts the first use of a prefetched line. */
  private void used(int place) {
    useful++;
    if (l1.arrival(place) > now) {
      late++;
      await(l1.arrival(place) - now);
    }
    l1.claim(place);
  }

  private void await(long time) {
    waited += time;
    now += time;
  }

  private void fetch(long line) {
    if (line < 0 || l1.find(line) != LineCache.MISSING) {
      return;
    }
    int free = 0;
    while (free < flights.length && flights[free] > now) {
      free++;
    }
    if (free == flights.length) {
      return;
    }
    issued++;
    int place = l2.find(line);
    long arrives = now + (place == LineCache.MISSING ? FAR : NEAR);
    flights[free] = arrives;
    if (place == LineCache.MISSING) {
      l2.insert(line, 0);
    } else {
      l2.touch(place);
    }
    l1.insert(line, arrives);
  }

  /** The counts so far. */
  public CacheCounts counts() {
    return new CacheCounts(
        prefetcher.name(), accesses, l1Misses, l2Misses, issued, useful, late, waited);
  }
}
