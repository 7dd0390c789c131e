package dev.axon64.propose.companion;

import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import dev.axon64.codegen.emit.program.JavaTensorBackend.Lanes;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphParser;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Guesses the next blocks from the last accesses. What it answered once it answers again without
 * asking the network, as long as it remembers. Not thread-safe: use one per thread.
 */
public final class MemoryOracle {
  /** Answers remembered; a power of two. */
  private static final int REMEMBERED = 1 << 14;

  private static final OracleProposal.Pattern[] PATTERNS = OracleProposal.Pattern.values();

  private final NetworkRunner runner;
  private final OracleEncoding encoding;
  private final int pattern;
  private final float[] inputs = new float[OracleFeatures.WINDOW];
  private final Outputs outputs;
  private final int[][] questions = new int[REMEMBERED][];
  private final float[][] answers = new float[REMEMBERED][];
  private final int[] question = new int[OracleFeatures.WINDOW];
  private final long[] steps = new long[OracleFeatures.CANDIDATES];
  private final float[] confidences = new float[OracleFeatures.CANDIDATES];
  private long asked;
  private long computed;

  private MemoryOracle(NetworkRunner runner, Graph graph, OracleEncoding encoding) {
    this.runner = runner;
    this.outputs = new Outputs(graph);
    this.encoding = encoding;
    this.pattern = outputs.at("pattern");
  }

  /** An oracle with a network of shape {@link CompanionNetwork.Shape#MEMORY_ORACLE}. */
  public static MemoryOracle of(CompanionNetwork network) {
    Graph graph = network.graph();
    OracleEncoding encoding = new CandidateEncoding(graph.outputOffset("confidence"));
    return new MemoryOracle(network.runner(), graph, encoding);
  }

  /** With the shipped weights. */
  public static MemoryOracle shipped() {
    return of(CompanionNetwork.shipped(CompanionNetwork.Shape.MEMORY_ORACLE));
  }

  /**
   * With weights from a file, whose tensors tell whose they are: those of the shipped network, or
   * the published ones, whose inputs and outputs have another meaning and which were published as
   * one array without names.
   *
   * @throws InputException if they are neither, or do not fit
   */
  public static MemoryOracle read(Path file) {
    List<Tensor> tensors = TensorFiles.read(file);
    Graph published = publishedGraph();
    Graph shipped = Graphs.read(CompanionNetwork.Shape.MEMORY_ORACLE.graph());
    boolean unnamed = tensors.size() == 1 && tensors.getFirst().name().isEmpty();
    String where = file.toString();
    if (unnamed || ownsOneOf(tensors, published, shipped)) {
      return published(published, GraphWeights.of(published, tensors, where));
    }
    if (ownsOneOf(tensors, shipped, published)) {
      GraphWeights weights = GraphWeights.of(shipped, tensors, where);
      return of(CompanionNetwork.of(CompanionNetwork.Shape.MEMORY_ORACLE, weights));
    }
    throw new InputException(
        where,
        "holds weights of no memory oracle; give those of a trained one, with a tensor %s, or the"
                .formatted(firstOf(shipped))
            + " published ones, with %s or as one array".formatted(firstOf(published)));
  }

  /** Whether there is a tensor that only the first of two graphs has. */
  private static boolean ownsOneOf(List<Tensor> tensors, Graph graph, Graph other) {
    Set<String> own = names(graph);
    own.removeAll(names(other));
    return tensors.stream().anyMatch(tensor -> own.contains(tensor.name()));
  }

  private static Set<String> names(Graph graph) {
    return graph.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  private static String firstOf(Graph graph) {
    return graph.parameters().getFirst().name();
  }

  private static MemoryOracle published(Graph graph, GraphWeights weights) {
    TensorProgram program = GraphLowering.lower(graph);
    OracleEncoding encoding =
        new PublishedEncoding(graph.outputOffset("delta"), graph.outputOffset("confidence"));
    float[] packed = program.pack(weights);
    NetworkRunner plain = CompiledTensorProgram.of(program, Lanes.PLAIN).with(packed);
    NetworkRunner runner =
        new ColdRunner(plain, () -> CompiledTensorProgram.of(program).with(packed));
    return new MemoryOracle(runner, graph, encoding);
  }

  /** The published network's layers. */
  public static Graph publishedGraph() {
    String name = "published-oracle.graph";
    try (InputStream in = MemoryOracle.class.getResourceAsStream(name)) {
      return GraphParser.parse(name, in.readAllBytes());
    } catch (IOException e) {
      throw new InputException(name, "cannot be read from the class path", e);
    }
  }

  /**
   * Guesses. The answer is overwritten by the next one.
   *
   * @param window with at least one event
   */
  public OracleProposal propose(AccessWindow window) {
    asked++;
    encoding.write(window, inputs);
    for (int i = 0; i < question.length; i++) {
      question[i] = Float.floatToRawIntBits(inputs[i]);
    }
    int hash = Arrays.hashCode(question) * 0x9E3779B1;
    int place = hash >>> 32 - Integer.numberOfTrailingZeros(REMEMBERED);
    if (!Arrays.equals(question, questions[place])) {
      computed++;
      runner.run(inputs, 0, outputs.values, 0);
      questions[place] = question.clone();
      answers[place] = outputs.values.clone();
    }
    float[] answer = answers[place];
    int count = encoding.read(answer, window, steps, confidences);
    return new OracleProposal(steps, confidences, count, PATTERNS[greatest(answer)]);
  }

  private int greatest(float[] answer) {
    int best = 0;
    for (int i = 1; i < PATTERNS.length; i++) {
      best = answer[pattern + i] > answer[pattern + best] ? i : best;
    }
    return best;
  }

  /** Forgets what it answered, and how often it was asked. */
  public void forget() {
    Arrays.fill(questions, null);
    Arrays.fill(answers, null);
    asked = 0;
    computed = 0;
  }

  /** How often it was asked. */
  public long asked() {
    return asked;
  }

  /** How often the network had to be run for an answer. */
  public long computed() {
    return computed;
  }
}
