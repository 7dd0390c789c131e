package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.support.Digests;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.weights.finetune.FineTunePlan;
import dev.axon64.weights.finetune.FineTuned;
import dev.axon64.weights.finetune.Measure;
import dev.axon64.weights.finetune.Paired;
import dev.axon64.weights.finetune.Succession;
import dev.axon64.weights.finetune.TraceFolder;
import dev.axon64.weights.finetune.Verdict;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fine-tunes one network on recordings, has the gate compare it with the one in service, and puts
 * it in its place if the gate says so.
 *
 * @param <S> a recorded sample
 */
final class FineTuning<S> {
  private static final String[] FILES = {
    ModelFiles.WEIGHTS, ModelFiles.CURVE, ".card.json", ".card.md"
  };

  /** Samples of the programs that were held out when the shipped weights were trained. */
  private static final Path SHIPPED_SAMPLES = Corpus.ROOT.resolve("weights/models");

  private final CompanionTask<S> task;
  private final Graph graph;
  private final FineTunePlan plan;
  private final String command;
  private final PrintWriter err;
  private final Succession succession;
  private final String from;
  private final GraphWeights start;

  /**
   * @param command that does the same, for the card
   * @param err takes progress
   * @throws dev.axon64.codegen.support.InputException if the network in service cannot be read
   */
  FineTuning(CompanionTask<S> task, FineTunePlan plan, String command, PrintWriter err) {
    this.task = task;
    this.graph = Graphs.read(task.shape().graph());
    this.plan = plan;
    this.command = command;
    this.err = err;
    this.succession = new Succession(plan.out(), graph.name());
    Optional<Path> file = plan.from().or(succession::weights);
    this.from = file.map(Path::toString).orElse("shipped");
    this.start =
        file.map(weights -> GraphWeights.read(graph, weights))
            .orElseGet(() -> CompanionNetwork.shippedWeights(task.shape()));
  }

  /**
   * Learns, measures, decides, replaces.
   *
   * @param old recordings of older programs
   */
  FineTuned run(TraceFolder traces, Optional<TraceFolder> old) {
    TraceSamples<S> samples = new TraceSamples<>(task, traces, old, plan.seed());
    List<Example> validation = samples.validation();
    int count = samples.training(1).size();
    tell(samples, count, validation.size());
    Trainer trainer =
        new Trainer(graph, task.heads(), Trainer.Plan.from(start, plan.seed(), plan.epochs()));
    float[] flat = train(trainer, samples, validation);
    GraphWeights weights = GraphWeights.flat(graph, flat, graph.name());
    Duel duel = new Duel(weights);
    List<Paired> pairs = duel.pairs(samples.heldOut());
    Verdict verdict = plan.gate().judge(pairs, kept(duel, samples));
    FineTuned learnt =
        new FineTuned(
            graph.name(),
            task.samples(),
            from + ", SHA-256 " + digest(start),
            Digests.sha256(flat),
            samples.split(),
            count,
            validation.size(),
            trainer.history(),
            trainer.bestEpoch(),
            task.measures(),
            pairs,
            verdict,
            verdict.accepted() ? succession.file(ModelFiles.WEIGHTS).toString() : "");
    if (verdict.accepted()) {
      replace(weights, trainer, learnt);
    }
    return learnt;
  }

  private void tell(TraceSamples<S> samples, int examples, int validated) {
    err.printf(
        "%s: %d programs learnt from, held out: %s%n",
        graph.name(),
        samples.split().training().size(),
        String.join(", ", samples.split().heldOut()));
    err.printf(
        "%s: %d examples an epoch, %d decide when to stop%n", graph.name(), examples, validated);
    err.flush();
  }

  private float[] train(Trainer trainer, TraceSamples<S> samples, List<Example> validation) {
    try (TrainerProgress progress = new TrainerProgress(err, graph.name())) {
      return trainer.train(samples::training, validation, progress);
    }
  }

  /** Both networks on the same samples. */
  private final class Duel {
    private final Function<S, List<double[]>> before =
        task.judge(CompanionNetwork.of(task.shape(), start));
    private final Function<S, List<double[]>> after;

    Duel(GraphWeights candidate) {
      after = task.judge(CompanionNetwork.of(task.shape(), candidate));
    }

    List<Paired> pairs(List<TraceSamples.Of<S>> samples) {
      List<Paired> pairs = new ArrayList<>();
      for (TraceSamples.Of<S> each : samples) {
        List<double[]> one = before.apply(each.sample());
        List<double[]> two = after.apply(each.sample());
        long group = task.group(each.sample());
        for (int i = 0; i < one.size(); i++) {
          pairs.add(new Paired(each.program(), group, one.get(i), two.get(i)));
        }
      }
      return pairs;
    }
  }

  private Map<String, List<Paired>> kept(Duel duel, TraceSamples<S> samples) {
    Map<String, List<Paired>> kept = new LinkedHashMap<>();
    Path shipped = SHIPPED_SAMPLES.resolve(graph.name() + ModelFiles.SAMPLE);
    if (Files.exists(shipped)) {
      String name = "samples of the shipped model's held-out programs";
      kept.put(
          name,
          duel.pairs(
              task.read(shipped).stream().map(s -> new TraceSamples.Of<>(name, s)).toList()));
    }
    if (!samples.oldHeldOut().isEmpty()) {
      kept.put("older programs held out", duel.pairs(samples.oldHeldOut()));
    }
    return kept;
  }

  private void replace(GraphWeights weights, Trainer trainer, FineTuned learnt) {
    succession.keep(FILES);
    CompanionCard card = CompanionCard.of(graph, trainer, learnt.weights(), plan.seed());
    card.value("command", command);
    card.value("predecessor", learnt.predecessor());
    card.data(learnt.examples(), learnt.validation());
    card.value("split", "by program; learnt from: " + String.join(", ", learnt.split().training()));
    card.value("gate", learnt.verdict().reason());
    List<String> columns = new ArrayList<>(List.of("program", task.samples()));
    for (Measure measure : learnt.measures()) {
      columns.add(measure.name() + ", before");
      columns.add(measure.name() + ", after");
    }
    card.table("heldOut", columns.toArray(String[]::new));
    learnt.programs().forEach((name, sums) -> card.row(row(learnt, name, sums)));
    card.row(row(learnt, "all", learnt.all()));
    card.limit("Measured on programs of one user; what it does elsewhere the gate did not ask.");
    ModelFiles files = new ModelFiles(plan.out(), graph);
    files.curve(trainer.history());
    card.write(plan.out());
    files.weights(weights);
  }

  private static Object[] row(FineTuned learnt, String name, FineTuned.Sums sums) {
    List<Object> cells = new ArrayList<>(List.of(name, sums.before().samples()));
    for (int i = 0; i < learnt.measures().size(); i++) {
      Measure measure = learnt.measures().get(i);
      cells.add(measure.text(sums.before().mean(i)));
      cells.add(measure.text(sums.after().mean(i)));
    }
    return cells.toArray();
  }

  private String digest(GraphWeights weights) {
    float[] all = new float[graph.parameterCount()];
    int at = 0;
    for (Parameter parameter : graph.parameters()) {
      float[] values = weights.values(parameter.name());
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return Digests.sha256(all);
  }
}
