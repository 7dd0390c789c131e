package dev.axon64.bench.cli;

import dev.axon64.codegen.support.InputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs cases through JMH, round after round.
 *
 * @param <C> their kind
 */
final class Suite<C extends BenchCase> {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final Pattern EXCEPTION = Pattern.compile("^[\\w.]+(Exception|Error)\\b");

  private final List<String> moreFlags;
  private final Effort effort;
  private final Progress progress;
  private final Map<C, List<RunResult>> results = new LinkedHashMap<>();

  /** Told what is about to run. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param round counted from 1
     * @param position of the case in the round, counted from 1
     * @param name of the case
     */
    void next(int round, int position, String name);
  }

  /**
   * @param moreFlags of the benchmarks' JVMs
   */
  Suite(List<String> moreFlags, Effort effort, Progress progress) {
    this.moreFlags = List.copyOf(moreFlags);
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * A suite that shows on a terminal how far it is.
   *
   * @param moreFlags of the benchmarks' JVMs
   */
  static <C extends BenchCase> Suite<C> shown(
      List<C> cases, List<String> moreFlags, Effort effort, PrintWriter err) {
    RoundProgress progress = new RoundProgress(err, effort.rounds(), cases.size());
    return new Suite<>(moreFlags, effort, progress::next);
  }

  /** Runs all rounds of all cases. */
  List<Measurement<C>> run(List<C> cases) {
    for (int round = 1; round <= effort.rounds(); round++) {
      for (int i = 0; i < cases.size(); i++) {
        C next = cases.get(i);
        progress.next(round, i + 1, next.name());
        results.computeIfAbsent(next, c -> new ArrayList<>()).add(once(next));
      }
    }
    return cases.stream().map(c -> measurement(c, results.get(c))).toList();
  }

  /** JMH's own results, one for each case, with the rounds as its forks. */
  List<RunResult> jmh() {
    List<RunResult> merged = new ArrayList<>();
    for (List<RunResult> rounds : results.values()) {
      List<BenchmarkResult> forks = new ArrayList<>();
      rounds.forEach(r -> forks.addAll(r.getBenchmarkResults()));
      merged.add(new RunResult(rounds.get(0).getParams(), forks));
    }
    return merged;
  }

  private RunResult once(C next) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(next.benchmark()) + "$")
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(effort.warmUp()))
            .measurementIterations(effort.iterations())
            .measurementTime(TimeValue.milliseconds(effort.iteration()))
            .jvmArgs(jvmFlags().toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    next.parameters().forEach((name, value) -> options.param(name, value));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream sink = new PrintStream(said, true, StandardCharsets.UTF_8);
    OutputFormat quiet = OutputFormatFactory.createFormatInstance(sink, VerboseMode.NORMAL);
    try {
      Collection<RunResult> run = new Runner(options.build(), quiet).run();
      if (run.size() != 1) {
        throw new IllegalStateException(next.name() + " gave " + run.size() + " results, not 1");
      }
      return run.iterator().next();
    } catch (RunnerException e) {
      throw new InputException(next.name(), "could not be measured: " + cause(said, e), e);
    }
  }

  /** The benchmark's own exception where JMH printed one, else what JMH says. */
  private static String cause(ByteArrayOutputStream said, RunnerException e) {
    return said.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(l -> EXCEPTION.matcher(l).find())
        .findFirst()
        .orElse(e.getMessage());
  }

  private List<String> jvmFlags() {
    List<String> flags = new ArrayList<>();
    flags.add("--add-modules=jdk.incubator.vector");
    flags.add("--enable-native-access=ALL-UNNAMED");
    // JMH 1.37 still asks sun.misc.Unsafe for field offsets.
    flags.add("--sun-misc-unsafe-memory-access=allow");
    // Calls wait for the compiler, so that a busy machine measures no code half compiled.
    flags.add("-Xbatch");
    flags.add("-XX:+UseParallelGC");
    flags.add("-Xmx1g");
    flags.addAll(moreFlags);
    Integer bits = Integer.getInteger("axon64.vector.bits");
    if (bits != null) {
      flags.add("-Daxon64.vector.bits=" + bits);
    }
    return flags;
  }

  private Measurement<C> measurement(C of, List<RunResult> rounds) {
    List<double[]> nanoseconds = rounds.stream().map(Suite::iterations).toList();
    return new Measurement<>(of, nanoseconds, allocated(rounds.get(rounds.size() - 1)));
  }

  private static double[] iterations(RunResult run) {
    return run.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .toArray();
  }

  private static double allocated(RunResult run) {
    Result<?> bytes = run.getSecondaryResults().get(ALLOCATED);
    return bytes == null ? Double.NaN : bytes.getScore();
  }
}
