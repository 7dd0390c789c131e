package dev.axon64.app.run;

import com.google.gson.JsonElement;
import dev.axon64.app.run.RunRequest.Statistics;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.machine.engine.Profile;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Counts of what a run executes.
 *
 * @param spec names the kernels
 * @param form how they are printed
 * @param profile the counts
 */
record Counting(DispatchSpec spec, Statistics form, Profile profile) {
  /** Begins to count. */
  Counting(DispatchSpec spec, Statistics form) {
    this(spec, form, new Profile());
  }

  /**
   * Prints them.
   *
   * @param executed instructions by what executed them; empty if that was one thing alone
   * @param members what other parts of the run add to the JSON object
   */
  void report(
      RunOutcome outcome,
      Map<String, Long> executed,
      Map<String, JsonElement> members,
      PrintWriter err) {
    RunReport report = new RunReport(spec, profile, outcome, executed);
    switch (form) {
      case TABLE -> report.table(err);
      case JSON -> report.json(members, err);
    }
  }
}
