package dev.axon64.bench.fuzz;

import dev.axon64.bench.Shots;
import java.util.Map;

/** Measures calls, each case in a JVM of its own. */
public final class FuzzRun {
  private static final int WARM_UP = 4;
  private static final int MEASURED = 3;
  private static final int MILLISECONDS = 1000;

  private final boolean quick;

  /**
   * @param quick measure less
   */
  public FuzzRun(boolean quick) {
    this.quick = quick;
  }

  /** Nanoseconds of the thread's processor time for a call, the median of one JVM. */
  public double nanoseconds(FuzzCase of) {
    Map<String, String> parameters =
        Map.of(
            "emulator", of.emulator().name(),
            "input", of.input().name(),
            "page", Boolean.toString(of.page()),
            "covered", Boolean.toString(of.covered()),
            "milliseconds", Integer.toString(MILLISECONDS));
    return new Shots(FuzzBenchmark.class, of.name(), parameters, 1, WARM_UP, quick ? 1 : MEASURED)
        .medians()
        .spent();
  }

  /** Instructions of a call. */
  public static long instructions(FuzzCase.Input input) {
    Axon64Subject subject = new Axon64Subject(false, false);
    subject.call(input.get());
    return subject.instructions();
  }
}
