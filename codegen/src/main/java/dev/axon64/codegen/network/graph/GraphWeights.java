package dev.axon64.codegen.network.graph;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values for every parameter of a graph, all finite. */
public final class GraphWeights {
  private final Map<String, float[]> values;

  private GraphWeights(Map<String, float[]> values) {
    this.values = values;
  }

  /**
   * Reads a checkpoint with PyTorch's names, or a {@code .npy} with all tensors one after another
   * in the graph's order.
   *
   * @throws InputException that names the tensor and says what to do
   */
  public static GraphWeights read(Graph graph, Path file) {
    return of(graph, TensorFiles.read(file), file.toString());
  }

  /** Does the same with tensors that are read already; messages name {@code where}. */
  public static GraphWeights of(Graph graph, List<Tensor> tensors, String where) {
    if (tensors.size() == 1 && tensors.get(0).name().isEmpty()) {
      return flat(graph, tensors.get(0).data(), where);
    }
    Map<String, Tensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters()) {
      Tensor tensor = byName.remove(parameter.name());
      if (tensor == null) {
        throw new InputException(where, "lacks " + text(parameter) + " of graph " + graph.name());
      }
      if (!tensor.shape().equals(parameter.shape())) {
        throw new InputException(
            where,
            "has "
                + parameter.name()
                + " as "
                + tensor.shape()
                + " where "
                + text(parameter)
                + " is wanted; are these the weights of graph "
                + graph.name()
                + "?");
      }
      values.put(parameter.name(), finite(where, parameter.name(), tensor.data()));
    }
    if (!byName.isEmpty()) {
      String extra = byName.keySet().iterator().next();
      throw new InputException(
          where, "holds '" + extra + "', which graph " + graph.name() + " lacks; leave it out");
    }
    return new GraphWeights(values);
  }

  /**
   * Takes the weights from one vector that holds every tensor, row-major, in the order of {@link
   * Graph#parameters()}.
   */
  public static GraphWeights flat(Graph graph, float[] vector, String where) {
    if (vector.length != graph.parameterCount()) {
      throw new InputException(
          where,
          "holds "
              + vector.length
              + " values but graph "
              + graph.name()
              + " has "
              + graph.parameterCount()
              + " parameters");
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    int at = 0;
    for (Parameter parameter : graph.parameters()) {
      float[] part = Arrays.copyOfRange(vector, at, at + parameter.size());
      values.put(parameter.name(), finite(where, parameter.name(), part));
      at += part.length;
    }
    return new GraphWeights(values);
  }

  /** A parameter's values, row-major. */
  public float[] values(String parameter) {
    return values.get(parameter).clone();
  }

  /** All tensors under their names, in the graph's order; fit for a checkpoint. */
  public List<Tensor> tensors(Graph graph) {
    List<Tensor> all = new ArrayList<>();
    for (Parameter parameter : graph.parameters()) {
      all.add(new Tensor(parameter.name(), parameter.shape(), values.get(parameter.name())));
    }
    return List.copyOf(all);
  }

  private static float[] finite(String where, String name, float[] data) {
    for (float value : data) {
      if (!Float.isFinite(value)) {
        throw new InputException(where, name + " holds " + value + "; weights must be finite");
      }
    }
    return data;
  }

  private static String text(Parameter parameter) {
    return parameter.name() + " " + parameter.shape();
  }
}
