package dev.axon64.propose.companion;

import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphParser;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Guesses the next blocks from the last accesses. What it answered once it answers again without
 * asking the network, as long as it remembers. Not thread-safe: make one a thread.
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
   * With weights from a file: a {@code .npy} holds the published ones, whose inputs and outputs
   * have another meaning; anything else has the shipped ones' meaning.
   *
   * @throws InputException if they do not fit
   */
  public static MemoryOracle read(Path file) {
    return file.toString().endsWith(".npy")
        ? published(file)
        : of(CompanionNetwork.read(CompanionNetwork.Shape.MEMORY_ORACLE, file));
  }

  private static MemoryOracle published(Path file) {
    Graph graph = publishedGraph();
    TensorProgram program = GraphLowering.lower(graph);
    float[] packed = program.pack(GraphWeights.read(graph, file));
    OracleEncoding encoding =
        new PublishedEncoding(graph.outputOffset("delta"), graph.outputOffset("confidence"));
    return new MemoryOracle(CompiledTensorProgram.of(program).with(packed), graph, encoding);
  }

  /** As the shipped one, but for a function that the published network does not have. */
  private static Graph publishedGraph() {
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
