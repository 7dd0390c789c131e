package dev.axon64.propose.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.machine.dispatch.VectorModule;
import dev.axon64.propose.companion.generated.LoopDetectorNetwork;
import dev.axon64.propose.companion.generated.LoopDetectorNetworkPlain;
import dev.axon64.propose.companion.generated.MemoryOracleNetwork;
import dev.axon64.propose.companion.generated.MemoryOracleNetworkPlain;
import dev.axon64.propose.companion.generated.PatternRecognizerNetwork;
import dev.axon64.propose.companion.generated.PatternRecognizerNetworkPlain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A network that was generated when Axon64 was built, with weights. Immutable; each runner that it
 * makes is for one thread.
 */
public final class CompanionNetwork {
  /**
   * The generated networks. They are made by lambdas, not constructor references, which would load
   * the classes that use vectors where there is no Vector API.
   */
  public enum Shape {
    LOOP_DETECTOR(
        "loop-detector",
        weights -> new LoopDetectorNetwork(weights),
        weights -> new LoopDetectorNetworkPlain(weights)),
    PATTERN_RECOGNIZER(
        "pattern-recognizer",
        weights -> new PatternRecognizerNetwork(weights),
        weights -> new PatternRecognizerNetworkPlain(weights)),
    MEMORY_ORACLE(
        "memory-oracle",
        weights -> new MemoryOracleNetwork(weights),
        weights -> new MemoryOracleNetworkPlain(weights));

    private final String graph;
    private final Function<float[], NetworkRunner> vectors;
    private final Function<float[], NetworkRunner> plain;

    Shape(
        String graph,
        Function<float[], NetworkRunner> vectors,
        Function<float[], NetworkRunner> plain) {
      this.graph = graph;
      this.vectors = vectors;
      this.plain = plain;
    }

    /** What its graph and its files are called. */
    public String graph() {
      return graph;
    }
  }

  private static final String FOLDER = "/dev/axon64/models/";

  private final Shape shape;
  private final Graph graph;
  private final float[] packed;

  private CompanionNetwork(Shape shape, Graph graph, GraphWeights weights) {
    this.shape = shape;
    this.graph = graph;
    TensorProgram program = GraphLowering.lower(graph);
    this.packed = program.pack(weights);
  }

  /**
   * With the weights that are shipped; the {@code weights} module must be on the class path.
   *
   * @throws InputException if they are not there
   */
  public static CompanionNetwork shipped(Shape shape) {
    return new CompanionNetwork(shape, Graphs.read(shape.graph), shippedWeights(shape));
  }

  /**
   * The shipped weights themselves.
   *
   * @throws InputException as above
   */
  public static GraphWeights shippedWeights(Shape shape) {
    String file = shape.graph + ".safetensors";
    try (InputStream in = CompanionNetwork.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new InputException(
            file, "no such shipped file; is axon64-weights on the class path?");
      }
      return GraphWeights.of(
          Graphs.read(shape.graph), TensorFiles.read(in.readAllBytes(), file), file);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read from the class path", e);
    }
  }

  /**
   * With weights from a file.
   *
   * @throws InputException if they do not fit
   */
  public static CompanionNetwork read(Shape shape, Path weights) {
    Graph graph = Graphs.read(shape.graph);
    return new CompanionNetwork(shape, graph, GraphWeights.read(graph, weights));
  }

  /** With given weights. */
  public static CompanionNetwork of(Shape shape, GraphWeights weights) {
    return new CompanionNetwork(shape, Graphs.read(shape.graph), weights);
  }

  /** The layers. */
  public Graph graph() {
    return graph;
  }

  /** Runs it; for one thread. Without the Vector API it runs as plain loops, with equal answers. */
  public NetworkRunner runner() {
    NetworkRunner plain = shape.plain.apply(packed);
    return VectorModule.isPresent()
        ? new ColdRunner(plain, () -> shape.vectors.apply(packed))
        : plain;
  }
}
