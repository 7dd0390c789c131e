package dev.axon64.propose.prefetch;

import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.AccessWindow;
import dev.axon64.propose.companion.MemoryOracle;

/** A prefetcher that asks the memory oracle about the accesses so far. */
abstract sealed class OracleUser implements Prefetcher permits OraclePrefetcher, OracleRunAhead {
  final MemoryOracle oracle;

  /** What the program has accessed. */
  final AccessWindow seen;

  private final String name;

  /**
   * @param name its name in tables
   * @param oracle serves this prefetcher alone
   * @param blockShift the size of a block as a power of two: 12 for pages
   */
  OracleUser(String name, MemoryOracle oracle, int blockShift) {
    this.name = name;
    this.oracle = oracle;
    this.seen = new AccessWindow(blockShift);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final long inferences() {
    return oracle.computed();
  }

  @Override
  public final void touch(long pc, long address, int size, boolean write) {
    seen.add(pc, address, size, write);
  }
}
