package dev.axon64.app.trace;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.CompanionFolder;
import dev.axon64.propose.companion.CompanionNetwork.Shape;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.prefetch.CacheSimulation;
import dev.axon64.propose.prefetch.OraclePrefetcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends a run's loads and stores through simulated caches, and writes how prefetchers do. */
final class CacheTrace implements Observation {
  private final CacheSimulation simulation;
  private final boolean json;
  private final PrintWriter out;

  /**
   * Reads the networks.
   *
   * @param companions a folder with an oracle of the user's own
   * @param oracles more weights for the oracle
   * @throws InputException if weights are not there or do not fit
   */
  CacheTrace(Optional<Path> companions, List<Path> oracles, boolean json, PrintWriter out) {
    this.simulation = new CacheSimulation(prefetchers(companions, oracles));
    this.json = json;
    this.out = out;
  }

  /** Those that need no training, the shipped oracle, and those of the user's own. */
  private static List<Prefetcher> prefetchers(Optional<Path> companions, List<Path> oracles) {
    List<Prefetcher> all = new ArrayList<>(CacheSimulation.baselines());
    all.add(new OraclePrefetcher("memory oracle", MemoryOracle.shipped()));
    companions.map(CompanionFolder::of).map(CacheTrace::learnt).ifPresent(all::add);
    for (Path weights : oracles) {
      all.add(new OraclePrefetcher(weights.getFileName().toString(), MemoryOracle.read(weights)));
    }
    return all;
  }

  private static Prefetcher learnt(CompanionFolder folder) {
    if (!folder.holds(Shape.MEMORY_ORACLE)) {
      throw new InputException(
          "--companions", "holds no memory-oracle.safetensors, which alone is used here");
    }
    return new OraclePrefetcher(
        "learnt oracle", MemoryOracle.of(folder.network(Shape.MEMORY_ORACLE)));
  }

  @Override
  public StepObserver observer() {
    return simulation.observer();
  }

  @Override
  public void end(ExitStatus status) {
    CacheReport report = new CacheReport(status.instructions(), simulation.counts());
    if (json) {
      report.json(out);
    } else {
      report.table(out);
    }
  }
}
