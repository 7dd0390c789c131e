package dev.axon64.bench.cli;

import dev.axon64.bench.companion.CompanionBenchmark;
import dev.axon64.bench.companion.NetworkExecutor;
import dev.axon64.codegen.network.graph.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A companion network on an executor.
 *
 * @param network its graph's name
 * @param executor what runs it
 * @param batch samples per call
 */
record ProposalCase(String network, NetworkExecutor executor, int batch) implements BenchCase {
  /** All of them, network by network. */
  static List<BenchCase> all() {
    List<BenchCase> cases = new ArrayList<>();
    for (String network : Graphs.SHIPPED) {
      for (NetworkExecutor executor : NetworkExecutor.values()) {
        for (int batch : executor.batches()) {
          cases.add(new ProposalCase(network, executor, batch));
        }
      }
    }
    return cases;
  }

  /** {@code loop-detector/ONNX Runtime/64}. */
  @Override
  public String name() {
    return network + "/" + executor.label() + "/" + batch;
  }

  @Override
  public String benchmark() {
    return CompanionBenchmark.class.getName() + ".propose";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of(
        "network", network, "executor", executor.name(), "batch", Integer.toString(batch));
  }
}
