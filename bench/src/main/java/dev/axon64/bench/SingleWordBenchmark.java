package dev.axon64.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Time from one word's answer to the next one's. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SingleWordBenchmark {
  /** The network as plain loops. */
  @Benchmark
  public int scalar(SingleWords s, Networks n) {
    return s.next(n.scalar.kernel(s.words[s.at], s.addresses[s.at]));
  }

  /** The generated single-word path. */
  @Benchmark
  public int simd(SingleWords s, Networks n) {
    return s.next(n.simd.kernel(s.words[s.at], s.addresses[s.at]));
  }

  /** The hand-written switch. */
  @Benchmark
  public int nested(SingleWords s, Decoders d) {
    return s.next(d.nested.kernel(s.words[s.at]));
  }

  /** The table decoder. */
  @Benchmark
  public int table(SingleWords s, Decoders d) {
    return s.next(d.table.kernel(s.words[s.at]));
  }
}
