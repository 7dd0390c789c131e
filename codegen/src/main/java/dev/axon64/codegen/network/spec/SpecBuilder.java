package dev.axon64.codegen.network.spec;

import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the statements of a spec, then checks them against each other. */
final class SpecBuilder {
  /** The widest layer or embedding. This and the limits below bound the generated code. */
  static final int MOST_UNITS = 256;

  static final int MOST_FEATURES = 64;
  static final int MOST_KERNELS = 64;
  static final int MOST_LAYERS = 8;
  static final int MOST_GROUPS = 4096;
  static final int MOST_INDEX_BITS = 12;

  /** A kernel statement. */
  record Kernel(Line line, String name, List<String> groups) {}

  private record Layer(Line line, String name, int outputs, Activation activation) {}

  private final Map<String, Line> once = new LinkedHashMap<>();
  private final EncodingGroups groups = new EncodingGroups();
  private final List<Feature> features = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final TensorSlots tensors = new TensorSlots();
  private String model;
  private BitField index;
  private int embedding;
  private Decision decision;

  void model(Line line) {
    first(line);
    model = line.name(line.only("model NAME"));
  }

  void group(Line line) {
    limit(line, groups.add(line), MOST_GROUPS, "groups");
  }

  void index(Line line) {
    first(line);
    index = FieldText.parse(line, line.rest(), MOST_INDEX_BITS, false).bits();
  }

  void embedding(Line line) {
    first(line);
    embedding = line.number(line.only("embedding WIDTH"), "the width", 1, MOST_UNITS);
  }

  void feature(Line line) {
    String text = line.rest();
    features.add(
        FieldText.begins(text)
            ? FieldText.parse(line, text, BitField.MOST_BITS, true)
            : new Feature.Constant(line.real(line.only("feature VALUE"), "the value")));
    limit(line, features.size(), MOST_FEATURES, "features");
  }

  void layer(Line line) {
    List<String> words = line.arguments("layer NAME OUTPUTS relu|linear", 3);
    String name = line.name(words.get(0));
    for (Layer layer : layers) {
      if (layer.name.equals(name)) {
        throw line.error(
            "layer '" + name + "' stands at " + layer.line.place() + " already; rename one");
      }
    }
    int outputs = line.number(words.get(1), "the number of outputs", 1, MOST_UNITS);
    layers.add(new Layer(line, name, outputs, activation(line, words.get(2))));
    limit(line, layers.size(), MOST_LAYERS, "layers");
  }

  void decide(Line line) {
    first(line);
    List<String> words = line.words();
    boolean floored = words.size() == 6 && words.get(4).equals("above");
    boolean formed =
        (words.size() == 4 || floored)
            && words.get(1).equals("argmax")
            && words.get(2).equals("ties")
            && words.get(3).matches("lowest|highest");
    if (!formed) {
      throw line.error("expected 'decide argmax ties lowest|highest [above VALUE]'");
    }
    float floor = floored ? line.real(words.get(5), "the floor") : Float.NEGATIVE_INFINITY;
    decision = new Decision(words.get(3).equals("lowest"), floor);
  }

  void kernel(Line line) {
    List<String> words = line.words();
    if (words.size() < 3) {
      throw line.error("expected 'kernel INDEX NAME GROUP...'");
    }
    int number = line.number(words.get(1), "the kernel's index", 0, MOST_KERNELS - 1);
    if (number != kernels.size()) {
      throw line.error(
          "kernel " + number + " is out of order; this one is kernel " + kernels.size());
    }
    String name = line.name(words.get(2));
    for (Kernel kernel : kernels) {
      if (kernel.name.equals(name)) {
        throw line.error(
            "kernel '" + name + "' stands at " + kernel.line.place() + " already; rename one");
      }
    }
    kernels.add(new Kernel(line, name, words.subList(3, words.size())));
  }

  void tensor(Line line) {
    limit(line, tensors.add(line), 2 * MOST_LAYERS + 1, "tensors");
  }

  DispatchSpec build(String where, List<SpecFile> files) {
    for (String statement : List.of("model", "index", "embedding", "decide")) {
      if (!once.containsKey(statement)) {
        throw new InputException(where, "has no '" + statement + "' statement; add one");
      }
    }
    List<LayerSpec> chain = chain(where);
    tensors.check(where, index, embedding, chain);
    return new DispatchSpec(
        model,
        index,
        embedding,
        features,
        chain,
        decision,
        kernels.stream().map(Kernel::name).toList(),
        groups.served(where, kernels),
        tensors.all(),
        files);
  }

  private List<LayerSpec> chain(String where) {
    if (layers.isEmpty() || kernels.isEmpty()) {
      throw new InputException(where, "needs at least one 'layer' and one 'kernel' statement");
    }
    List<LayerSpec> chain = new ArrayList<>();
    int inputs = embedding + features.size();
    for (Layer layer : layers) {
      chain.add(new LayerSpec(layer.name, inputs, layer.outputs, layer.activation));
      inputs = layer.outputs;
    }
    Layer last = layers.get(layers.size() - 1);
    if (last.outputs != kernels.size()) {
      throw last.line.error(
          "the last layer gives "
              + last.outputs
              + " scores, but there are "
              + kernels.size()
              + " kernels up to "
              + kernels.get(kernels.size() - 1).line.place()
              + "; they must be as many");
    }
    return chain;
  }

  private void first(Line line) {
    Line earlier = once.putIfAbsent(line.keyword(), line);
    if (earlier != null) {
      throw line.error("a second '" + line.keyword() + "'; the first stands at " + earlier.place());
    }
  }

  private static void limit(Line line, int count, int most, String what) {
    if (count > most) {
      throw line.error("more than " + most + " " + what + "; that is the limit");
    }
  }

  private static Activation activation(Line line, String word) {
    return switch (word) {
      case "relu" -> Activation.RELU;
      case "linear" -> Activation.LINEAR;
      default -> throw line.error("activation '" + word + "' is unknown; relu or linear");
    };
  }
}
