package dev.axon64.codegen.network.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network: layers in an order in which each reads only earlier ones. Inputs and outputs are flat
 * vectors of float32, which hold one value after another, each step by step.
 *
 * @param name a short name such as {@code memory-oracle}
 * @param layers inputs included
 * @param outputs names of the values that the network gives
 */
public record Graph(String name, List<Layer> layers, List<String> outputs) {
  /** The most weights of a graph. */
  static final long MOST_PARAMETERS = 1 << 24;

  /** The most float32 that all values of a graph may have together. */
  static final long MOST_VALUES = 1 << 26;

  /**
   * @throws IllegalArgumentException that says what does not fit and what would
   */
  public Graph {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
    Map<String, Layer> known = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    for (Layer layer : layers) {
      for (String source : layer.sources()) {
        if (!known.containsKey(source)) {
          throw new IllegalArgumentException(
              "'" + layer.name() + "' reads '" + source + "', which no line above it makes");
        }
      }
      if (known.put(layer.name(), layer) != null) {
        throw new IllegalArgumentException("'" + layer.name() + "' is made twice; rename one");
      }
      for (Parameter parameter : layer.parameters()) {
        String other = owners.put(parameter.name(), layer.name());
        if (other != null) {
          throw new IllegalArgumentException(
              "'"
                  + layer.name()
                  + "' and '"
                  + other
                  + "' both own the tensor "
                  + parameter.name()
                  + "; give one another path");
        }
      }
    }
    requireEnds(known, outputs);
    long room = layers.stream().mapToLong(layer -> layer.shape().size()).sum();
    if (room > MOST_VALUES) {
      throw new IllegalArgumentException(
          "its values are " + room + " float32; at most " + MOST_VALUES + " are taken");
    }
    long count = count(layers);
    if (count > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          count + " parameters; at most " + MOST_PARAMETERS + " are taken");
    }
  }

  private static void requireEnds(Map<String, Layer> known, List<String> outputs) {
    if (known.values().stream().noneMatch(Layer.Input.class::isInstance)) {
      throw new IllegalArgumentException("has no input; add 'input NAME STEPS WIDTH'");
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("has no output; add 'output NAME'");
    }
    for (String output : outputs) {
      if (!known.containsKey(output)) {
        throw new IllegalArgumentException("the output '" + output + "' is made by no line");
      }
    }
  }

  private static long count(List<Layer> layers) {
    return layers.stream()
        .flatMap(layer -> layer.parameters().stream())
        .mapToLong(Parameter::size)
        .sum();
  }

  /** The layer that makes a value. */
  public Layer layer(String value) {
    return layers.stream()
        .filter(layer -> layer.name().equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no value '" + value + "'"));
  }

  /** The inputs, in order. */
  public List<Layer.Input> inputs() {
    return layers.stream()
        .filter(Layer.Input.class::isInstance)
        .map(Layer.Input.class::cast)
        .toList();
  }

  /** The number of float32 in a sample. */
  public int inputSize() {
    return inputs().stream().mapToInt(input -> input.shape().size()).sum();
  }

  /** The number of float32 in an answer. */
  public int outputSize() {
    return outputs.stream().mapToInt(output -> layer(output).shape().size()).sum();
  }

  /** The index of a value's first float32 in the answer. */
  public int outputOffset(String output) {
    int place = outputs.indexOf(output);
    if (place < 0) {
      throw new IllegalArgumentException("no output '" + output + "'; one of " + outputs);
    }
    return outputs.subList(0, place).stream().mapToInt(o -> layer(o).shape().size()).sum();
  }

  /** All tensors, in the order of the layers, which is also that of a flat vector of weights. */
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The number of float32 in all tensors. */
  public int parameterCount() {
    return (int) count(layers);
  }
}
