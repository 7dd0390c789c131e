package dev.axon64.weights.card;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.Digests;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.train.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What there is to know about trained weights, as JSON and as Markdown. Says nothing of when, where
 * or how fast they were trained, so that the same training writes the same card.
 */
public final class ModelCard {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final String TASK =
      "Choose the kernel that executes an A64 instruction, from the 32-bit word and its 64-bit"
          + " address. The right kernel is that of the word's encoding group; the spec lists them.";

  private static final List<String> LIMITS =
      List.of(
          "Decides by encoding group alone: whether a word is a valid instruction is for its kernel"
              + " to say.",
          "The complete domain is every setting of the word bits that labels or features read. Hard"
              + " cases of that domain are trained on, so accuracy there is coverage, not"
              + " generalisation; the held-out samples were never trained on, but their decision"
              + " bits are part of the domain.",
          "Right only with the spec named here: another spec's kernels or features need training"
              + " anew.");

  private final Network network;
  private final DataSet data;
  private final DecisionDomain domain;
  private final long seed;
  private final int epochs;
  private final String command;
  private final Map<String, Object> values;

  /**
   * Measures the network on the held-out samples and the complete domain.
   *
   * @param network the trained network
   * @param data what it was trained on
   * @param domain the complete decision domain
   * @param seed of data and training
   * @param epochs trained
   * @param command that trains the same again
   */
  public ModelCard(
      Network network, DataSet data, DecisionDomain domain, long seed, int epochs, String command) {
    this.network = network;
    this.data = data;
    this.domain = domain;
    this.seed = seed;
    this.epochs = epochs;
    this.command = command;
    this.values = values();
  }

  /** Pretty-printed JSON with a final newline. */
  public String json() {
    return GSON.toJson(values) + "\n";
  }

  private Map<String, Object> values() {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("model", network.spec().name());
    card.put("task", TASK);
    card.put("kernels", network.spec().kernels());
    card.put("architecture", architecture());
    card.put("parameters", network.spec().parameters());
    card.put("weightsSha256", Digests.sha256(network.weights()));
    Map<String, String> files = new LinkedHashMap<>();
    network.spec().files().forEach(f -> files.put(f.name(), f.sha256()));
    card.put("specSha256", files);
    card.put("command", command);
    card.put("seed", seed);
    card.put("epochs", epochs);
    card.put("data", dataValues());
    card.put("network", networkValues());
    card.put("heldOut", evaluation(Evaluation.of(network, data.heldOut())));
    card.put("completeDomain", evaluation(Evaluation.of(network, domain.columns())));
    card.put("limits", LIMITS);
    return card;
  }

  private String architecture() {
    List<String> sizes = new ArrayList<>();
    sizes.add(String.valueOf(network.spec().layers().get(0).inputs()));
    network.spec().layers().forEach(l -> sizes.add(String.valueOf(l.outputs())));
    return String.format(
        Locale.ROOT,
        "embedding %dx%d and %d features; layers %s",
        network.spec().embeddingRows(),
        network.spec().embeddingWidth(),
        network.spec().features().size(),
        String.join(" -> ", sizes));
  }

  private Map<String, Object> dataValues() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("samples", DataSet.SAMPLES);
    values.put("training", data.training().size());
    values.put("heldOut", data.heldOut().size());
    values.put("pcsPerWord", DataSet.VARIATIONS);
    values.put("domainBits", Integer.bitCount(domain.mask()));
    values.put("domainCases", domain.size());
    values.put("hardCasesFromDomain", true);
    return values;
  }

  private Map<String, Object> networkValues() {
    ForwardPlan plan = Lowering.lower(network);
    Exactness exactness = Exactness.of(network);
    float greatest = 0;
    for (float weight : network.weights()) {
      greatest = Math.max(greatest, Math.abs(weight));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Integer> units = new LinkedHashMap<>();
    Map<String, Integer> terms = new LinkedHashMap<>();
    plan.layers().forEach(l -> units.put(l.name(), l.units().size()));
    plan.layers().forEach(l -> terms.put(l.name(), l.terms()));
    values.put("liveUnits", units);
    values.put("liveTerms", terms);
    values.put("liveFeatures", plan.liveFeatures().stream().map(this::featureName).toList());
    values.put("readsPc", plan.readsPc());
    values.put("exactInFloat32", exactness.exact());
    Map<String, Integer> bits = new LinkedHashMap<>();
    Map<String, Double> grids = new LinkedHashMap<>();
    exactness.layers().forEach(l -> bits.put(l.name(), l.bits()));
    exactness.layers().forEach(l -> grids.put(l.name(), Math.scalb(1.0, l.gridExponent())));
    values.put("significantBits", bits);
    values.put("grid", grids);
    values.put("greatestWeight", greatest);
    return values;
  }

  private String featureName(int feature) {
    return network.spec().features().get(feature).toString();
  }

  private Map<String, Object> evaluation(Evaluation measured) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("examples", measured.examples());
    values.put("errors", measured.errors());
    values.put("ties", measured.ties());
    values.put("accuracy", measured.accuracy());
    values.put("leastMargin", measured.leastMargin());
    Map<String, Integer> byKernel = new LinkedHashMap<>();
    for (int k = 0; k < measured.byKernel().length; k++) {
      byKernel.put(network.spec().kernels().get(k), measured.byKernel()[k]);
    }
    values.put("byKernel", byKernel);
    return values;
  }

  /** The same as Markdown. */
  public String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("# Model card: ").append(network.spec().name()).append("\n\n");
    out.append("Written by training; do not edit. The same values stand in the JSON file.\n\n");
    out.append("![Learning curve](").append(network.spec().name()).append(".curve.svg)\n\n");
    out.append("| | |\n|---|---|\n");
    values.forEach((key, value) -> rows(out, key, value));
    return out.toString();
  }

  private static void rows(StringBuilder out, String key, Object value) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((k, v) -> rows(out, key + ": " + k, v));
      case List<?> list ->
          row(out, key, String.join("<br>", list.stream().map(String::valueOf).toList()));
      default -> row(out, key, String.valueOf(value));
    }
  }

  private static void row(StringBuilder out, String key, String value) {
    out.append("| ").append(key).append(" | ").append(value.replace("|", "\\|")).append(" |\n");
  }
}
