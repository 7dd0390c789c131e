package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.support.Digests;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.weights.companion.Program.Split;
import dev.axon64.weights.data.SplitMix;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: makes weights, card and learning curve of one network. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Train a companion network on what was recorded.")
final class TrainCompanionCommand implements Callable<Integer> {
  @Mixin private CorpusOptions options;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "Train this network: loop-detector, pattern-recognizer or memory-oracle.")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write all files to this folder. Default: the current one.")
  private Path out = Path.of(".");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Set the random seed of training. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Train for at most N epochs. Default: as many as the shipped weights were trained for.")
  private Optional<Integer> epochs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    CompanionTask<?> task = CompanionTask.of(model);
    Graph graph = Graphs.read(model);
    List<Program> programs = options.corpus().programs();
    List<Example> validation = examples(task, programs, Split.VALIDATION, Optional.empty());
    IntFunction<List<Example>> training =
        epoch ->
            examples(
                task,
                programs,
                Split.TRAINING,
                Optional.of(SplitMix.of(seed, "variations " + epoch)));
    int count = training.apply(1).size();
    err.printf("%s: %d examples, %d for validation%n", model, count, validation.size());
    Trainer trainer =
        new Trainer(graph, task.heads(), Trainer.Plan.anew(seed, epochs.orElse(task.epochs())));
    try (TrainerProgress progress = new TrainerProgress(err, model)) {
      float[] flat = trainer.train(training, validation, progress);
      ModelFiles files = new ModelFiles(out, graph);
      CompanionNetwork network =
          CompanionNetwork.of(task.shape(), files.weights(GraphWeights.flat(graph, flat, model)));
      CompanionCard card = CompanionCard.of(graph, trainer, Digests.sha256(flat), seed);
      card.data(count, validation.size());
      files.measured(task, network, options.data(), programs, card);
      files.curve(trainer.history());
    }
    return 0;
  }

  private List<Example> examples(
      CompanionTask<?> task, List<Program> programs, Split split, Optional<SplitMix> random) {
    List<Example> all = new ArrayList<>();
    for (Program program : programs) {
      if (program.split() == split) {
        all.addAll(task.examples(options.data(), program, random));
      }
    }
    return all;
  }
}
