package dev.axon64.bench;

import dev.axon64.bench.onnx.CompanionSession;
import dev.axon64.codegen.graph.Graph;
import dev.axon64.codegen.graph.GraphWeights;
import dev.axon64.codegen.graph.Graphs;
import dev.axon64.codegen.loops.GraphLowering;
import dev.axon64.codegen.loops.LoopProgram;
import dev.axon64.codegen.loops.LoopsRunner;
import dev.axon64.codegen.loops.emit.CompiledLoops;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time of one proposal of a companion network: generated Java beside ONNX Runtime, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CompanionBenchmark {
  /** Which network. */
  @Param({"memory-oracle", "loop-detector", "pattern-recognizer"})
  public String network;

  private LoopsRunner generated;
  private CompanionSession onnx;
  private float[] sample;
  private float[] answer;

  /** Random weights and one random sample: time depends on neither. */
  @Setup(Level.Trial)
  public void setUp() {
    Graph graph = Graphs.read(network);
    GraphWeights weights = GraphWeights.flat(graph, random(graph.parameterCount(), 0.2f), network);
    LoopProgram program = GraphLowering.lower(graph);
    generated = CompiledLoops.of(program).with(program.pack(weights));
    onnx = new CompanionSession(graph, weights);
    sample = random(graph.inputSize(), 1);
    answer = new float[graph.outputSize()];
  }

  private static float[] random(int count, float most) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1) * most;
    }
    return values;
  }

  /** Frees what the library holds. */
  @TearDown(Level.Trial)
  public void tearDown() {
    onnx.close();
  }

  /** Generated Vector-API Java. */
  @Benchmark
  public float generated() {
    generated.run(sample, 0, answer, 0);
    return answer[0];
  }

  /** ONNX Runtime, copies in and out included. */
  @Benchmark
  public float onnxRuntime() {
    onnx.run(sample, 0, answer, 0);
    return answer[0];
  }
}
