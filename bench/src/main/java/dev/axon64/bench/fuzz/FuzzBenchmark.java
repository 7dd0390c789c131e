package dev.axon64.bench.fuzz;

import dev.axon64.bench.Shots;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Some time of calls of one function. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FuzzBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** So many calls pass between two looks at the clock. */
  private static final int CALLS = 50;

  @Param("AXON64")
  public FuzzCase.Emulator emulator;

  @Param("SMALL")
  public FuzzCase.Input input;

  @Param("false")
  public boolean page;

  @Param("false")
  public boolean covered;

  /** How long to call, in milliseconds of this thread's processor time. */
  @Param("1000")
  public long milliseconds;

  private Subject subject;
  private byte[] bytes;

  /** Loads the function. */
  @Setup
  public void prepare() {
    subject = Subject.of(new FuzzCase(emulator, page, covered, input));
    bytes = input.get();
  }

  /** Frees it. */
  @TearDown
  public void close() {
    subject.close();
  }

  /** Calls; what is measured is a call. */
  @Benchmark
  public long run(Shots.Spent spent) {
    long start = THREADS.getCurrentThreadCpuTime();
    long calls = 0;
    long result = 0;
    long time;
    do {
      for (int i = 0; i < CALLS; i++) {
        result += subject.call(bytes);
      }
      calls += CALLS;
      time = THREADS.getCurrentThreadCpuTime() - start;
    } while (time < milliseconds * 1_000_000);
    spent.nanoseconds += time / calls;
    return result;
  }
}
