package dev.axon64.bench.accelerate;

import dev.axon64.bench.accelerate.Gain.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures programs. Rounds go over all of them in turn, each first without acceleration and then
 * with it, so that a slow minute of the machine meets both. Counting costs time, so each is counted
 * once in runs that are not timed.
 */
public final class AccelerationRun {
  private final Commands commands;
  private final Progress progress;

  /** Runs commands. */
  @FunctionalInterface
  public interface Commands {
    /**
     * Runs a program to its end.
     *
     * @throws dev.axon64.codegen.support.InputException if it cannot be started
     */
    Outcome run(Program program, Mode mode);
  }

  /**
   * How a program is run.
   *
   * @param accelerated whether networks may propose all that they can
   * @param counted whether instructions are counted and printed as JSON behind the guest's errors
   */
  public record Mode(boolean accelerated, boolean counted) {
    private static final Mode PLAIN = new Mode(false, false);
    private static final Mode FAST = new Mode(true, false);

    private Mode counting() {
      return new Mode(accelerated, true);
    }
  }

  /** Told what is about to run. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param round counted from 1; 0 while instructions are counted
     * @param position of the program, counted from 1
     * @param name of the program
     */
    void next(int round, int position, String name);
  }

  /**
   * What came of it.
   *
   * @param gains of all programs that can be run here
   * @param failed why the others cannot be: they fail without acceleration, too
   */
  public record Result(List<Gain> gains, List<String> failed) {
    public Result {
      gains = List.copyOf(gains);
      failed = List.copyOf(failed);
    }
  }

  /** Measures by these commands. */
  public AccelerationRun(Commands commands, Progress progress) {
    this.commands = commands;
    this.progress = progress;
  }

  /** A program's runs so far. */
  private final class Series {
    private final Program program;
    private final List<Times> times = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final Outcome expected;
    private final Counts plain;
    private final Counts fast;

    /**
     * @param expected the counted run without acceleration
     */
    Series(Program program, Outcome expected) {
      this.program = program;
      this.expected = expected;
      this.plain = Counts.of(program, expected);
      Outcome other = commands.run(program, Mode.FAST.counting());
      compare(other);
      this.fast = Counts.of(program, other);
      if (plain.instructions() != fast.instructions()) {
        differences.add("%+,d instructions".formatted(fast.instructions() - plain.instructions()));
      }
    }

    void round() {
      Outcome without = commands.run(program, Mode.PLAIN);
      compare(without);
      Outcome with = commands.run(program, Mode.FAST);
      compare(with);
      times.add(new Times(without.seconds(), with.seconds()));
    }

    private void compare(Outcome outcome) {
      if (outcome.status() != expected.status()) {
        note("exit status " + outcome.status() + ", not " + expected.status());
      }
      if (!Arrays.equals(outcome.output(), expected.output())) {
        note("other output");
      }
    }

    private void note(String difference) {
      if (!differences.contains(difference)) {
        differences.add(difference);
      }
    }

    Gain gain() {
      return new Gain(program, plain, fast, times, String.join(", ", differences));
    }
  }

  /** All rounds of all programs. */
  public Result run(List<Program> programs, int rounds) {
    List<Series> all = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      Program program = programs.get(i);
      progress.next(0, i + 1, program.name());
      Outcome plain = commands.run(program, Mode.PLAIN.counting());
      if (plain.status() == program.status()) {
        all.add(new Series(program, plain));
      } else {
        failed.add(program.name() + " exits with " + plain.status() + ": " + reason(plain));
      }
    }
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < all.size(); i++) {
        progress.next(round, i + 1, all.get(i).program.name());
        all.get(i).round();
      }
    }
    return new Result(all.stream().map(Series::gain).toList(), failed);
  }

  /** What the guest said last, or Axon64 if the guest said nothing. */
  private static String reason(Outcome outcome) {
    return outcome
        .messages()
        .lines()
        .takeWhile(line -> !line.equals("{"))
        .reduce((first, second) -> second)
        .orElse("it said nothing");
  }
}
