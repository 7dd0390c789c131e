package dev.axon64.bench;

import dev.axon64.bench.onnx.OnnxSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Time of one call of ONNX Runtime. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OnnxBenchmark {
  /** The call alone: inputs extracted and tensors made before the clock starts. */
  @Benchmark
  public int call(OnnxCalls calls) {
    OnnxSession.Batch batch = calls.next();
    batch.run();
    return batch.kernel(0);
  }

  /** From words, as the other executors start: inputs extracted in Java, then the call. */
  @Benchmark
  public int fromWords(OnnxCalls calls) {
    OnnxSession.Batch batch = calls.extracted();
    batch.run();
    return batch.kernel(0);
  }
}
