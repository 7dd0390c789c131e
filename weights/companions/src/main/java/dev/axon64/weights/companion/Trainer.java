package dev.axon64.weights.companion;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.weights.card.Epoch;
import dev.axon64.weights.data.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * Adam on batches in an order that the seed draws; keeps the weights that do best on validation.
 */
final class Trainer {
  /** Epochs without a better result before it stops. */
  private static final int PATIENCE = 4;

  /**
   * Batches whose error or gradient is not finite are left out; more than this many are a failure.
   */
  private static final int MOST_SKIPPED = 20;

  private static final int BATCH = 64;
  private static final int FEW = 16;
  private static final float RATE = 1.5e-3f;
  private static final float GENTLE = 5;
  private static final float LEAST_RATE = 0.03f;

  /**
   * How it is trained.
   *
   * @param seed of the order of examples, and of the weights where there are none to start from
   * @param epochs at most
   * @param batch examples in each step
   * @param rate of learning, at the start; it falls to a few hundredths of that
   * @param start weights to go on from, if there are any
   */
  record Plan(long seed, int epochs, int batch, float rate, Optional<GraphWeights> start) {
    /** For a new network. */
    static Plan anew(long seed, int epochs) {
      return new Plan(seed, epochs, BATCH, RATE, Optional.empty());
    }

    /**
     * For one that has learnt already: small steps, so that it forgets little, but many of them.
     */
    static Plan from(GraphWeights start, long seed, int epochs) {
      return new Plan(seed, epochs, FEW, RATE / GENTLE, Optional.of(start));
    }
  }

  private final Graph graph;
  private final BatchError error;
  private final Plan plan;
  private final List<Epoch> history = new ArrayList<>();
  private float[] best;
  private int bestEpoch;
  private long steps;
  private int skipped;

  Trainer(Graph graph, List<Head> heads, Plan plan) {
    this.graph = graph;
    this.error = new BatchError(graph, heads);
    this.plan = plan;
  }

  List<Epoch> history() {
    return List.copyOf(history);
  }

  /** Batches that were left out. */
  int skipped() {
    return skipped;
  }

  /** Batches there are at most. */
  long steps() {
    return steps;
  }

  /** The epoch whose weights were kept; 0 if none is better than what it started from. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** The same with its errors. */
  Epoch kept() {
    return history.stream().filter(epoch -> epoch.number() == bestEpoch).findFirst().orElseThrow();
  }

  /**
   * Trains.
   *
   * @param source gives the examples of an epoch, the same number in each
   * @param progress takes batches done, of batches in all
   * @return all tensors' values, in the graph's order
   */
  float[] train(
      IntFunction<List<Example>> source,
      List<Example> validation,
      BiConsumer<Long, Trainer> progress) {
    Engine engine = Engine.getEngine("PyTorch");
    engine.setRandomSeed((int) plan.seed);
    try (NDManager manager = engine.newBaseManager(Device.cpu())) {
      TorchGraph torch = new TorchGraph(graph, manager, plan.seed);
      List<Example> training = source.apply(1);
      steps = (long) (training.size() + plan.batch - 1) / plan.batch * plan.epochs;
      Optimizer adam =
          Optimizer.adam().optLearningRateTracker(cosine(plan.rate, steps)).optClipGrad(1f).build();
      double least = start(manager, torch, training, validation);
      long done = 0;
      for (int epoch = 1; epoch <= plan.epochs && epoch - bestEpoch <= PATIENCE; epoch++) {
        training = epoch == 1 ? training : source.apply(epoch);
        int[] order = order(training.size(), SplitMix.of(plan.seed, "epoch " + epoch));
        double sum = 0;
        for (int at = 0; at < order.length; at += plan.batch) {
          int[] batch = Arrays.copyOfRange(order, at, Math.min(order.length, at + plan.batch));
          double value = learn(engine, manager, torch, adam, training, batch);
          sum += (Double.isFinite(value) ? value : 0) * batch.length;
          progress.accept(++done, this);
        }
        double loss = error.mean(manager, torch, validation);
        history.add(new Epoch(epoch, sum / order.length, loss));
        if (loss < least) {
          least = loss;
          bestEpoch = epoch;
          best = torch.flat();
        }
      }
    }
    return best;
  }

  /** The error on validation before the first epoch; that of a new network is not worth telling. */
  private double start(
      NDManager manager, TorchGraph torch, List<Example> training, List<Example> validation) {
    if (plan.start.isEmpty()) {
      return Double.MAX_VALUE;
    }
    torch.load(plan.start.get());
    best = torch.flat();
    double least = error.mean(manager, torch, validation);
    history.add(new Epoch(0, error.mean(manager, torch, training), least));
    return least;
  }

  private static Tracker cosine(float rate, long steps) {
    return Tracker.cosine()
        .setBaseValue(rate)
        .optFinalValue(rate * LEAST_RATE)
        .setMaxUpdates((int) steps)
        .build();
  }

  private static int[] order(int count, SplitMix random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private double learn(
      Engine engine,
      NDManager manager,
      TorchGraph torch,
      Optimizer adam,
      List<Example> examples,
      int[] batch) {
    try (NDManager own = manager.newSubManager()) {
      double value;
      try (GradientCollector gradients = engine.newGradientCollector()) {
        NDArray sum = error.of(own, torch, examples, batch);
        gradients.backward(sum);
        value = sum.getFloat();
      }
      boolean finite = Double.isFinite(value) && finite(torch);
      torch
          .weights()
          .forEach(
              (name, weight) -> {
                try (NDArray gradient = weight.getGradient()) {
                  if (finite) {
                    adam.update(name, weight, gradient);
                    gradient.subi(gradient);
                  } else {
                    // Not by arithmetic: what is not finite would stay so.
                    gradient.set(new NDIndex(":"), 0f);
                  }
                }
              });
      skipped += finite ? 0 : 1;
      if (skipped > MOST_SKIPPED) {
        throw new IllegalStateException("errors are not finite again and again; lower the rate");
      }
      return value;
    }
  }

  private static boolean finite(TorchGraph torch) {
    double sum = 0;
    for (NDArray weight : torch.weights().values()) {
      try (NDArray gradient = weight.getGradient();
          NDArray all = gradient.sum()) {
        sum += all.getFloat();
      }
    }
    return Double.isFinite(sum);
  }
}
