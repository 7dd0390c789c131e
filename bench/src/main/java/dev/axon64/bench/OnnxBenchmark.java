package dev.axon64.bench;

import dev.axon64.bench.onnx.OnnxSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Time of one call of ONNX Runtime: inputs extracted and tensors made before the clock starts. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OnnxBenchmark {
  /** The call, its kernels left in a buffer of ours. */
  @Benchmark
  public int call(OnnxCalls calls) {
    OnnxSession.Batch batch = calls.next();
    batch.run();
    return batch.kernel(0);
  }
}
