package dev.axon64.linux.snapshot;

import dev.axon64.machine.memory.Arrivals;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.machine.state.CpuState;
import java.util.function.Supplier;

/**
 * Brings a restored guest's pages when it first uses them, and perhaps others that it may use next.
 * Used by the guest's thread.
 */
public final class LazyPages implements Arrivals, AutoCloseable {
  private final Snapshot snapshot;
  private final PageReader reader;
  private final FetchAhead ahead;
  private CpuState cpu;
  private long onDemand;
  private long stalled;

  /**
   * @param prefetchers makes what guesses pages, when it is needed; null to bring them on demand
   *     only
   * @param patience pages that the guest uses before it is made, 0 to 1000: worth it where making
   *     it takes long
   */
  public LazyPages(Snapshot snapshot, Supplier<Prefetcher> prefetchers, int patience) {
    this.snapshot = snapshot;
    this.reader = snapshot.reader();
    this.ahead = prefetchers == null ? null : new FetchAhead(snapshot, prefetchers, patience);
  }

  /** Whose uses of pages the guesses are made from. */
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
   * Fills a page that is mapped from a file, or shared, when it is first used.
   *
   * @param to a page
   */
  void original(int index, byte[] to) {
    byte[] bytes = arrive(index, snapshot.number(index) << 12, false);
    System.arraycopy(bytes, 0, to, 0, to.length);
  }

  /** What has come so far. */
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
