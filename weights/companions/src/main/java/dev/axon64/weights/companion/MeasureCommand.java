package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.propose.companion.CompanionNetwork;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code measure}: writes the tables of a card anew. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description =
        "Measure trained weights on the programs held out, and write their card's tables.")
final class MeasureCommand implements Callable<Integer> {
  @Mixin private CorpusOptions options;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "Measure this network: loop-detector, pattern-recognizer or memory-oracle.")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Find weights and card in this folder. Default: the current one.")
  private Path out = Path.of(".");

  @Override
  public Integer call() throws Exception {
    CompanionTask<?> task = CompanionTask.of(model);
    Graph graph = Graphs.read(model);
    CompanionNetwork network =
        CompanionNetwork.read(task.shape(), out.resolve(model + ".safetensors"));
    new ModelFiles(out, graph)
        .measured(
            task,
            network,
            options.data(),
            options.corpus().programs(),
            CompanionCard.read(graph, out));
    return 0;
  }
}
