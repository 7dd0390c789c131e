package dev.axon64.codegen.network.spec;

import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects statements, then checks them against each other. */
final class SpecBuilder {
  /** Widest layer or embedding, most features, kernels and layers: generated code stays sane. */
  static final int MOST_UNITS = 256;

  static final int MOST_FEATURES = 64;
  static final int MOST_KERNELS = 64;
  static final int MOST_LAYERS = 8;
  static final int MOST_GROUPS = 4096;
  static final int MOST_INDEX_BITS = 12;

  private static final Pattern FIELD =
      Pattern.compile("(word|pc)\\[(\\d{1,2})(?::(\\d{1,2}))?](?:\\s*/\\s*(\\S+))?");

  private record Group(Line line, String name, int mask, int value) {}

  private record Kernel(Line line, String name, List<String> groups) {}

  private record Layer(Line line, String name, int outputs, Activation activation) {}

  private record Slot(Line line, TensorSlot slot) {}

  private final Map<String, Line> once = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final List<Feature> features = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private String model;
  private BitField index;
  private int embedding;
  private Decision decision;

  void model(Line line) {
    first(line);
    model = line.name(line.only("model NAME"));
  }

  void group(Line line) {
    String[] parts = line.rest().split("\\s+", 2);
    String pattern = parts.length < 2 ? "" : parts[1].replaceAll("\\s+", "");
    if (!pattern.matches("[01.]{32}")) {
      throw line.error(
          "expected 'group NAME PATTERN' with 32 characters 0, 1 or . ; there are "
              + pattern.length());
    }
    String name = line.name(parts[0]);
    int mask = Integer.parseUnsignedInt(pattern.replaceAll("[01]", "1").replace('.', '0'), 2);
    int value = Integer.parseUnsignedInt(pattern.replace('.', '0'), 2);
    Group group = new Group(line, name, mask, value);
    Group earlier = groups.putIfAbsent(name, group);
    if (earlier != null) {
      throw line.error(
          "group '" + name + "' stands at " + earlier.line.place() + " already; rename one");
    }
    limit(line, groups.size(), MOST_GROUPS, "groups");
    shadowed(group);
  }

  void index(Line line) {
    first(line);
    index = field(line, line.rest(), MOST_INDEX_BITS, false).bits();
  }

  void embedding(Line line) {
    first(line);
    embedding = line.number(line.only("embedding WIDTH"), "the width", 1, MOST_UNITS);
  }

  void feature(Line line) {
    String text = line.rest();
    boolean isField = text.startsWith("word") || text.startsWith("pc");
    features.add(
        isField
            ? field(line, text, BitField.MOST_BITS, true)
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
    List<String> words = line.arguments("tensor NAME SHAPE @ OFFSET", 4);
    String name = words.get(0);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,63}") || !words.get(2).equals("@")) {
      throw line.error("expected 'tensor NAME SHAPE @ OFFSET', such as 'tensor fc1.bias 32 @ 96'");
    }
    List<Integer> shape =
        Arrays.stream(words.get(1).split("x", -1))
            .map(extent -> line.number(extent, "an extent", 1, 1 << 16))
            .toList();
    if (shape.size() > 2) {
      throw line.error("shape '" + words.get(1) + "' has over two extents");
    }
    int offset = line.number(words.get(3), "the offset", 0, 1 << 24);
    slots.add(new Slot(line, new TensorSlot(name, shape, offset)));
    limit(line, slots.size(), 2 * MOST_LAYERS + 1, "tensors");
  }

  DispatchSpec build(String where, List<SpecFile> files) {
    for (String statement : List.of("model", "index", "embedding", "decide")) {
      if (!once.containsKey(statement)) {
        throw new InputException(where, "has no '" + statement + "' statement; add one");
      }
    }
    List<LayerSpec> chain = chain(where);
    checkTensors(where, chain);
    return new DispatchSpec(
        model,
        index,
        embedding,
        features,
        chain,
        decision,
        kernels.stream().map(Kernel::name).toList(),
        served(where),
        slots.stream().map(Slot::slot).toList(),
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

  private List<EncodingGroup> served(String where) {
    Map<String, Integer> kernelOf = new LinkedHashMap<>();
    for (int k = 0; k < kernels.size(); k++) {
      for (String name : kernels.get(k).groups) {
        Line line = kernels.get(k).line;
        if (!groups.containsKey(name)) {
          throw line.error("there is no group '" + name + "'; add one or mend the name");
        }
        Integer other = kernelOf.putIfAbsent(name, k);
        if (other != null) {
          String place = kernels.get(other).line.place();
          throw line.error("group '" + name + "' is served at " + place + " already; drop one");
        }
      }
    }
    List<EncodingGroup> result = new ArrayList<>();
    for (Group group : groups.values()) {
      Integer kernel = kernelOf.get(group.name);
      if (kernel == null) {
        throw group.line.error("no kernel serves group '" + group.name + "'; name it at one");
      }
      result.add(new EncodingGroup(group.name, group.mask, group.value, kernel));
    }
    if (result.isEmpty() || result.get(result.size() - 1).mask() != 0) {
      throw new InputException(
          where, "leaves words without a group; end the groups with one of 32 dots");
    }
    return result;
  }

  private void checkTensors(String where, List<LayerSpec> chain) {
    Map<String, List<Integer>> needed = new LinkedHashMap<>();
    needed.put(DispatchSpec.EMBEDDING, List.of(index.mask() + 1, embedding));
    for (LayerSpec layer : chain) {
      needed.put(layer.name() + ".weight", List.of(layer.outputs(), layer.inputs()));
      needed.put(layer.name() + ".bias", List.of(layer.outputs()));
    }
    int offset = 0;
    for (Slot at : slots) {
      TensorSlot slot = at.slot;
      List<Integer> shape = needed.remove(slot.name());
      if (shape == null) {
        throw at.line.error("tensor '" + slot.name() + "' is a second one or belongs to no layer");
      }
      if (!shape.equals(slot.shape())) {
        String right = new TensorSlot("", shape, 0).shapeText();
        throw at.line.error(
            "tensor '" + slot.name() + "' is " + slot.shapeText() + "; its layer needs " + right);
      }
      if (slot.offset() != offset) {
        throw at.line.error(
            "tensor '"
                + slot.name()
                + "' is at "
                + slot.offset()
                + "; the one before ends at "
                + offset);
      }
      offset = slot.end();
    }
    if (!needed.isEmpty()) {
      String missing = needed.keySet().iterator().next();
      throw new InputException(where, "has no 'tensor " + missing + "' statement; add one");
    }
  }

  private void shadowed(Group group) {
    EncodingGroup late = new EncodingGroup(group.name, group.mask, group.value, 0);
    for (Group earlier : groups.values()) {
      boolean covers = new EncodingGroup(earlier.name, earlier.mask, earlier.value, 0).covers(late);
      if (earlier != group && covers) {
        throw group.line.error(
            "group '"
                + group.name
                + "' can never match: '"
                + earlier.name
                + "' at "
                + earlier.line.place()
                + " takes all its words; swap them");
      }
    }
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

  private static Feature.Scaled field(Line line, String text, int mostBits, boolean divisible) {
    Matcher m = FIELD.matcher(text);
    if (!m.matches() || (m.group(4) != null && !divisible)) {
      throw line.error(
          "'"
              + text
              + "' is no field; write word[31:24] or pc[2]"
              + (divisible ? ", then perhaps / 255" : ""));
    }
    Source source = m.group(1).equals("word") ? Source.WORD : Source.PC;
    int high = Integer.parseInt(m.group(2));
    int low = m.group(3) == null ? high : Integer.parseInt(m.group(3));
    if (high >= source.bits() || low > high || high - low >= mostBits) {
      throw line.error(
          "field '"
              + text
              + "' does not fit; bits "
              + (source.bits() - 1)
              + " down to 0, high before low, at most "
              + mostBits
              + " of them");
    }
    float divisor = m.group(4) == null ? 1 : line.real(m.group(4), "the divisor");
    if (divisor < 1 || divisor > 1 << 24) {
      throw line.error("the divisor is '" + m.group(4) + "'; from 1 to 2^24");
    }
    return new Feature.Scaled(new BitField(source, high, low), divisor);
  }
}
