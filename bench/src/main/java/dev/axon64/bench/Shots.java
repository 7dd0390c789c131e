package dev.axon64.bench;

import dev.axon64.codegen.support.InputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measurements of a benchmark that counts processor time itself, in JVMs of their own.
 *
 * @param benchmark whose method {@code run} is measured
 * @param name in messages
 * @param parameters by their names
 * @param forks JVMs, one after the other
 * @param warmUp iterations that are not measured
 * @param measured iterations
 */
public record Shots(
    Class<?> benchmark,
    String name,
    Map<String, String> parameters,
    int forks,
    int warmUp,
    int measured) {
  private static final List<String> FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseParallelGC",
          "-Xmx3g");

  /** What a benchmark has spent in an iteration, by a clock of its own. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent {
    public long nanoseconds;
  }

  /**
   * Nanoseconds.
   *
   * @param passed from the beginning of an iteration to its end
   * @param spent as {@link Spent} says
   */
  public record Time(double passed, double spent) {
    /** What is more than another. */
    public Time less(Time other) {
      return new Time(passed - other.passed, spent - other.spent);
    }
  }

  /**
   * Measures, and returns the medians of all iterations.
   *
   * @throws InputException if the benchmark fails
   */
  public Time medians() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.getName() + ".run") + "$")
            .forks(forks)
            .warmupIterations(warmUp)
            .measurementIterations(measured)
            .shouldFailOnError(true)
            .jvmArgs(FLAGS.toArray(String[]::new));
    parameters.forEach((key, value) -> options.param(key, value));
    PrintStream sink = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try {
      List<IterationResult> results =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(sink, VerboseMode.SILENT))
              .run().stream()
                  .flatMap(run -> run.getBenchmarkResults().stream())
                  .flatMap(fork -> fork.getIterationResults().stream())
                  .toList();
      return new Time(
          median(results.stream(), result -> result.getPrimaryResult().getScore()),
          median(
              results.stream(),
              result -> result.getSecondaryResults().get("nanoseconds").getScore()));
    } catch (RunnerException e) {
      throw new InputException(name, "could not be measured", e);
    }
  }

  private static double median(
      Stream<IterationResult> results, ToDoubleFunction<IterationResult> of) {
    double[] sorted = results.mapToDouble(of).sorted().toArray();
    return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
        .average()
        .orElseThrow();
  }
}
