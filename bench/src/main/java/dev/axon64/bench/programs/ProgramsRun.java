package dev.axon64.bench.programs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures programs on several executors. Rounds go over all programs in turn, and for each over
 * all executors, so that a slow minute of the machine meets all of them; ratios are taken within a
 * round. The first executor says how a program ends.
 */
public final class ProgramsRun {
  private final List<Executor> executors;
  private final Runs runs;
  private final Progress progress;

  /** Runs one program. */
  @FunctionalInterface
  public interface Runs {
    /** Runs it to its end. */
    Ended run(Executor executor, WholeProgram program);
  }

  /** Told what is about to run. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param round counted from 1
     * @param position of the program, counted from 1
     */
    void next(int round, int position, String name);
  }

  /**
   * A program on one executor.
   *
   * @param seconds medians
   * @param ratio to the first executor's, medians of the rounds
   * @param difference from how the first executor's run ended; empty if there is none
   */
  public record Row(Seconds seconds, Seconds ratio, String difference) {}

  /**
   * What came of it.
   *
   * @param rows by executor, of all programs that the first executor can run
   * @param failed why it cannot run the others
   */
  public record Result(Map<WholeProgram, Map<Executor, Row>> rows, List<String> failed) {}

  /** Measures on these, of which the first is the one to compare with. */
  public ProgramsRun(List<Executor> executors, Runs runs, Progress progress) {
    this.executors = List.copyOf(executors);
    this.runs = runs;
    this.progress = progress;
  }

  /** One executor's runs of a program so far. */
  private static final class Series {
    private final List<Seconds> seconds = new ArrayList<>();
    private final List<Seconds> ratios = new ArrayList<>();
    private String difference = "";

    void add(Ended ended, Ended first) {
      seconds.add(ended.seconds());
      ratios.add(ended.seconds().over(first.seconds()));
      if (difference.isEmpty()) {
        difference = ended.difference(first);
      }
    }

    Row row() {
      return new Row(Seconds.median(seconds), Seconds.median(ratios), difference);
    }
  }

  /** All rounds of all programs. */
  public Result run(List<WholeProgram> programs, int rounds) {
    Map<WholeProgram, Map<Executor, Series>> all = new LinkedHashMap<>();
    Map<WholeProgram, String> failed = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < programs.size(); i++) {
        WholeProgram program = programs.get(i);
        progress.next(round, i + 1, program.name());
        if (!failed.containsKey(program)) {
          Ended first = runs.run(executors.get(0), program);
          if (first.status() == 0) {
            round(program, first, all.computeIfAbsent(program, p -> new LinkedHashMap<>()));
          } else {
            failed.put(
                program,
                "%s exits with %d on %s: %s"
                    .formatted(
                        program.name(),
                        first.status(),
                        executors.get(0).label(),
                        first.lastMessage()));
          }
        }
      }
    }
    Map<WholeProgram, Map<Executor, Row>> rows = new LinkedHashMap<>();
    all.forEach(
        (program, series) -> {
          Map<Executor, Row> row = new LinkedHashMap<>();
          series.forEach((executor, one) -> row.put(executor, one.row()));
          rows.put(program, row);
        });
    return new Result(rows, List.copyOf(failed.values()));
  }

  private void round(WholeProgram program, Ended first, Map<Executor, Series> series) {
    for (int i = 0; i < executors.size(); i++) {
      Executor executor = executors.get(i);
      Ended ended = i == 0 ? first : runs.run(executor, program);
      series.computeIfAbsent(executor, e -> new Series()).add(ended, first);
    }
  }
}
