package dev.axon64.weights.card;

import com.google.gson.GsonBuilder;
import dev.axon64.codegen.support.Digests;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.train.Architecture;
import dev.axon64.weights.train.DenseTraining;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The card of a fully connected baseline, which is trained to be compared, not to be shipped. */
public final class DenseCard {
  private DenseCard() {}

  /** The card's values, in order. */
  public static Map<String, Object> values(
      String model,
      Architecture architecture,
      DenseTraining training,
      DataSet data,
      long seed,
      String command) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("model", model);
    card.put("architecture", architecture.keyword());
    card.put("layers", Arrays.stream(training.sizes()).boxed().toList());
    card.put("hiddenActivation", architecture.tanh() ? "tanh" : "relu");
    card.put("parameters", training.weights().length);
    card.put("weightsSha256", Digests.sha256(training.weights()));
    card.put("command", command);
    card.put("seed", seed);
    card.put("epochs", training.history().size());
    card.put("training", data.training().size());
    card.put("heldOut", data.heldOut().size());
    card.put("heldOutAccuracy", training.accuracy(architecture, data.heldOut()));
    card.put("completeDomainAccuracy", training.history().getLast().accuracy());
    card.put("claimedPercent", architecture.claimedPercent());
    card.put("limits", List.of("A baseline: it is wrong on part of the domain and fits no spec."));
    return card;
  }

  /** Pretty-printed JSON with a final newline. */
  public static String json(Map<String, Object> card) {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(card) + "\n";
  }

  /** The same as Markdown. */
  public static String markdown(String title, Map<String, Object> card) {
    StringBuilder out = new StringBuilder("# Model card: " + title + "\n\n| | |\n|---|---|\n");
    card.forEach((k, v) -> out.append("| ").append(k).append(" | ").append(v).append(" |\n"));
    return out.toString();
  }
}
