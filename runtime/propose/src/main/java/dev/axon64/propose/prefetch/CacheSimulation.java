package dev.axon64.propose.prefetch;

import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.memory.AccessListener;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.NoPrefetch;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Passes the loads and stores of a run through one cache hierarchy per prefetcher. Processes have
 * lines of their own, as if their memory lay side by side. What system calls read and write is not
 * counted.
 */
public final class CacheSimulation {
  private static final int ADDRESS_BITS = 48;

  private final List<Hierarchy> hierarchies;
  private final Map<AddressSpace, Long> places = new WeakHashMap<>();
  private final Listener listener = new Listener();

  /**
   * @param prefetchers the prefetchers to compare; coverage is measured against the first
   */
  public CacheSimulation(List<Prefetcher> prefetchers) {
    this.hierarchies = prefetchers.stream().map(Hierarchy::new).toList();
  }

  /** All prefetchers that need no training; the first one prefetches nothing. */
  public static List<Prefetcher> baselines() {
    return List.of(new NoPrefetch(), new NextLine(), new StrideTable(), new BestOffset());
  }

  /** Creates a simulation of the {@link #baselines()}. */
  public static CacheSimulation ofBaselines() {
    return new CacheSimulation(baselines());
  }

  /** Creates an observer for an engine; engines on one host thread may share the simulation. */
  public StepObserver observer() {
    return new Observer();
  }

  /** The counts of each prefetcher, in their order. */
  public List<CacheCounts> counts() {
    return hierarchies.stream().map(Hierarchy::counts).toList();
  }

  private void access(long pc, long address, int size, boolean write) {
    for (Hierarchy hierarchy : hierarchies) {
      hierarchy.access(pc, address, size, write);
    }
  }

  private final class Observer implements StepObserver {
    private AddressSpace memory;
    private long place;

    @Override
    public boolean before(CpuState cpu, int word, int kernel) {
      if (cpu.memory != memory) {
        memory = cpu.memory;
        place = places.computeIfAbsent(memory, CacheSimulation.this::listen);
      }
      listener.place = place;
      listener.pc = cpu.pc;
      listener.executing = true;
      hierarchies.forEach(Hierarchy::step);
      return true;
    }

    @Override
    public void after(CpuState cpu, long pc, int word, int kernel) {
      listener.executing = false;
    }
  }

  private long listen(AddressSpace memory) {
    memory.setAccessListener(listener);
    return (long) places.size() << ADDRESS_BITS;
  }

  /** Passes on the accesses to all memories while an instruction is executed. */
  private final class Listener implements AccessListener {
    private long place;
    private long pc;
    private boolean executing;

    @Override
    public void read(long address, int size) {
      access(address, size, false);
    }

    @Override
    public void write(long address, int size, long value) {
      access(address, size, true);
    }

    private void access(long address, int size, boolean write) {
      if (executing) {
        long there = place | address & (1L << ADDRESS_BITS) - 1;
        CacheSimulation.this.access(pc, there, size, write);
      }
    }
  }
}
