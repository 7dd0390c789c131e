package dev.axon64.bench.companion;

import dev.axon64.bench.WarmUp;
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

/** Time of one call: a network's answers to one sample, or to a batch of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompanionBenchmark {
  private static final long MOST_WARM_UP = 120_000_000_000L;

  /** Which network, with its shipped weights. */
  @Param({"memory-oracle", "loop-detector", "pattern-recognizer"})
  public String network;

  @Param({"VECTORS", "PLAIN", "INTERPRETER", "ONNX"})
  public NetworkExecutor executor;

  /** Samples per call. */
  @Param("1")
  public int batch;

  private CompanionInputs inputs;
  private NetworkExecutor.Network opened;
  private float[] answers;
  private int sample;

  /** Loads the network, and lets vector code run until it is compiled. */
  @Setup(Level.Trial)
  public void setUp() {
    inputs = CompanionInputs.shipped(network);
    opened = executor.open(inputs, batch);
    answers = new float[batch * inputs.graph().outputSize()];
    if (executor == NetworkExecutor.VECTORS) {
      WarmUp.untilNothingIsAllocated(this::propose, MOST_WARM_UP);
    }
  }

  /** Frees what a library holds. */
  @TearDown(Level.Trial)
  public void tearDown() {
    opened.close();
  }

  /** The answers, in a buffer of ours; a library's copies in and out included. */
  @Benchmark
  public float[] propose() {
    opened.runner().run(inputs.samples(), sample * inputs.graph().inputSize(), answers, 0);
    sample = (sample + batch) % CompanionInputs.SAMPLES;
    return answers;
  }
}
