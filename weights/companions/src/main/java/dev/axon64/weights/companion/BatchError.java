package dev.axon64.weights.companion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.axon64.codegen.network.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What is to be made small: the error of a network's outputs for batches of examples, summed over
 * the heads.
 *
 * @param graph of the network
 * @param heads what is learnt where
 */
record BatchError(Graph graph, List<Head> heads) {
  /** Examples at a time where no gradient is taken. */
  private static final int BATCH = 64;

  /** The mean over examples. */
  double mean(NDManager manager, TorchGraph torch, List<Example> examples) {
    double sum = 0;
    for (int at = 0; at < examples.size(); at += BATCH) {
      int[] batch = IntStream.range(at, Math.min(at + BATCH, examples.size())).toArray();
      try (NDManager own = manager.newSubManager()) {
        sum += of(own, torch, examples, batch).getFloat() * batch.length;
      }
    }
    return sum / Math.max(1, examples.size());
  }

  /**
   * The error of some examples, a scalar.
   *
   * @param own frees what is made on the way
   * @param batch places of the examples
   */
  NDArray of(NDManager own, TorchGraph torch, List<Example> examples, int[] batch) {
    List<Example> chosen = IntStream.of(batch).mapToObj(examples::get).toList();
    NDArray samples = rows(own, chosen, Example::input);
    NDArray targets = rows(own, chosen, Example::target);
    NDArray counts = rows(own, chosen, Example::counts);
    Map<String, NDArray> outputs = torch.forward(samples);
    NDArray sum = null;
    for (Head head : heads) {
      NDArray output = outputs.get(head.output());
      long steps = output.getShape().get(1);
      long width = output.getShape().get(2);
      int at = graph.outputOffset(head.output());
      String part = ":, " + at + ":" + (at + steps * width);
      String columns = ":, :, " + head.first() + ":" + head.end();
      Shape shape = new Shape(batch.length, steps, width);
      NDArray error =
          head.error(
              output.get(columns),
              targets.get(part).reshape(shape).get(columns),
              counts.get(part).reshape(shape).get(columns));
      sum = sum == null ? error : sum.add(error);
    }
    return sum;
  }

  /** One row per example. */
  private static NDArray rows(
      NDManager own, List<Example> examples, Function<Example, float[]> part) {
    int width = part.apply(examples.getFirst()).length;
    float[] all = new float[examples.size() * width];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(part.apply(examples.get(i)), 0, all, i * width, width);
    }
    return own.create(all, new Shape(examples.size(), width));
  }
}
