package dev.axon64.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Time of one batch. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchBenchmark {
  /** The network as plain loops. */
  @Benchmark
  public int[] scalar(Batches b, Networks n) {
    int to = b.next();
    n.scalar.kernels(b.words, b.addresses, b.kernels, b.from, to);
    return b.kernels;
  }

  /** The generated batch path. */
  @Benchmark
  public int[] simd(Batches b, Networks n) {
    int to = b.next();
    n.simd.kernels(b.words, b.addresses, b.kernels, b.from, to);
    return b.kernels;
  }

  /** The hand-written switch. */
  @Benchmark
  public int[] nested(Batches b, Decoders d) {
    int to = b.next();
    d.nested.kernels(b.words, b.kernels, b.from, to);
    return b.kernels;
  }

  /** The table decoder. */
  @Benchmark
  public int[] table(Batches b, Decoders d) {
    int to = b.next();
    d.table.kernels(b.words, b.kernels, b.from, to);
    return b.kernels;
  }
}
