package dev.axon64.weights.train;

import com.google.gson.GsonBuilder;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The published line of attempts, all trained on the same samples and measured in the same way.
 *
 * @param model the spec's name
 * @param seed of data and training
 * @param rows one per architecture, in published order
 */
public record Ablation(String model, long seed, List<Row> rows) {
  /**
   * One architecture's result.
   *
   * @param architecture its name
   * @param claimedPercent accuracy claimed by the published work
   * @param heldOut share of held-out samples that is right
   * @param completeDomain share of the complete decision domain that is right
   * @param parameters number of float32
   * @param seconds of wall time
   */
  public record Row(
      String architecture,
      int claimedPercent,
      double heldOut,
      double completeDomain,
      int parameters,
      double seconds) {}

  /** Is told of each epoch. */
  @FunctionalInterface
  public interface Progress {
    void epoch(String architecture, EpochRecord record);
  }

  public Ablation {
    rows = List.copyOf(rows);
  }

  /**
   * Trains all architectures.
   *
   * @param denseEpochs epochs of the fully connected ones
   * @param mostEpochs limit for the embedding
   */
  public static Ablation run(
      DispatchSpec spec, long seed, int denseEpochs, int mostEpochs, Progress progress) {
    DataSet data = DataSet.of(spec, seed);
    DecisionDomain domain = DecisionDomain.of(spec);
    List<Row> rows = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      long start = System.nanoTime();
      if (architecture == Architecture.EMBEDDING) {
        EmbeddingTraining training = new EmbeddingTraining(spec, data, domain, seed, mostEpochs);
        train(training, architecture, progress);
        double heldOut = Evaluation.of(training.network(), data.heldOut()).accuracy();
        double complete = Evaluation.of(training.network(), domain.columns()).accuracy();
        rows.add(row(architecture, heldOut, complete, spec.parameters(), start));
      } else {
        DenseTraining training =
            new DenseTraining(spec, architecture, data, domain, seed, denseEpochs);
        train(training, architecture, progress);
        double heldOut = training.accuracy(architecture, data.heldOut());
        List<EpochRecord> history = training.history();
        double complete = history.get(history.size() - 1).accuracy();
        rows.add(row(architecture, heldOut, complete, training.weights().length, start));
      }
    }
    return new Ablation(spec.name(), seed, rows);
  }

  private static void train(Training training, Architecture architecture, Progress progress) {
    while (!training.finished()) {
      progress.epoch(architecture.keyword(), training.epoch());
    }
  }

  private static Row row(
      Architecture architecture, double heldOut, double complete, int parameters, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Row(
        architecture.keyword(),
        architecture.claimedPercent(),
        heldOut,
        complete,
        parameters,
        seconds);
  }

  /** The table for people. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "model %s, seed %d: accuracy in percent\n%-22s %8s %10s %16s %11s %8s\n",
            model,
            seed,
            "architecture",
            "claimed",
            "held-out",
            "complete domain",
            "parameters",
            "seconds"));
    for (Row row : rows) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-22s %8d %10.3f %16.3f %11d %8.1f\n",
              row.architecture,
              row.claimedPercent,
              100 * row.heldOut,
              100 * row.completeDomain,
              row.parameters,
              row.seconds));
    }
    return out.toString();
  }

  /** The same as JSON. */
  public String json() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", model);
    values.put("seed", seed);
    values.put("rows", rows);
    return new GsonBuilder().setPrettyPrinting().create().toJson(values) + "\n";
  }
}
