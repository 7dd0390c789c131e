package dev.axon64.linux.snapshot;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Arrivals;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.machine.state.CpuState;
import java.util.function.Supplier;

/**
 * Brings the pages of a restored guest when it first uses them, and perhaps others that it may use
 * next. For the guest's thread alone.
 */
public final class LazyPages implements Arrivals, AutoCloseable {
  private final Snapshot snapshot;
  private final PageReader reader;
  private final FetchAhead ahead;
  private CpuState cpu;
  private long onDemand;
  private long stalled;

  /**
   * Brings the pages of a snapshot.
   *
   * @param prefetchers makes the prefetcher that guesses pages, on a thread of its own; null to
   *     bring pages on demand only
   * @param patience pages that the guest uses before the prefetcher is made, 0 to 1000; more than 0
   *     where making it takes long
   */
  public LazyPages(Snapshot snapshot, Supplier<Prefetcher> prefetchers, int patience) {
    this.snapshot = snapshot;
    this.reader = snapshot.reader();
    this.ahead = prefetchers == null ? null : new FetchAhead(snapshot, prefetchers, patience);
  }

  /** Sets the guest whose uses of pages the prefetcher is told of. */
  void watch(CpuState guest) {
    cpu = guest;
  }

  @Override
  public byte[] arrive(int index, long address, boolean write) {
    long start = System.nanoTime();
    byte[] bytes = ahead == null ? null : ahead.take(index);
    if (bytes == null) {
      bytes = reader.read(index);
      onDemand++;
    }
    if (ahead != null && address >= 0) {
      ahead.touched(cpu == null ? 0 : cpu.pc, address, write);
    }
    stalled += System.nanoTime() - start;
    return bytes;
  }

  /**
   * Fills a page that is mapped from a file or shared, when it is first used.
   *
   * @param to an array of a page's size
   */
  void original(int index, byte[] to) {
    byte[] bytes = arrive(index, snapshot.index().number(index) * AddressSpace.PAGE, false);
    System.arraycopy(bytes, 0, to, 0, to.length);
  }

  /** How the pages have come so far. */
  public ArrivalCounts counts() {
    return ahead != null
        ? ahead.counts(onDemand, stalled)
        : new ArrivalCounts("none", snapshot.pages(), onDemand, 0, 0, 0, stalled, 0, 0, 0, 0, "");
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.close();
    }
    reader.close();
  }
}
