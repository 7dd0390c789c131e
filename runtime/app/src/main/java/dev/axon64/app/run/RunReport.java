package dev.axon64.app.run;

import com.google.gson.JsonElement;
import dev.axon64.app.report.Json;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.machine.engine.Profile;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run executed: by kernel, by mnemonic, and how often the network was asked. */
final class RunReport {
  private static final int MOST_MNEMONICS = 12;

  private final DispatchSpec spec;
  private final Profile profile;
  private final RunOutcome outcome;
  private final Map<String, Long> executed;
  private final Map<String, Long> kernels = new LinkedHashMap<>();
  private final Map<String, Long> mnemonics = new TreeMap<>();

  /**
   * @param spec names the kernels
   * @param profile what was counted
   * @param executed instructions by what executed them; empty if that was one thing alone
   */
  RunReport(DispatchSpec spec, Profile profile, RunOutcome outcome, Map<String, Long> executed) {
    this.spec = spec;
    this.profile = profile;
    this.outcome = outcome;
    this.executed = executed;
    Disassembler text = new Disassembler(InstructionSpec.a64());
    spec.kernels().forEach(kernel -> kernels.put(kernel, 0L));
    profile
        .counts()
        .forEach(
            (key, count) -> {
              kernels.merge(spec.kernels().get(key.kernel()), count, Long::sum);
              mnemonics.merge(text.mnemonic(key.word()), count, Long::sum);
            });
  }

  private List<Map.Entry<String, Long>> sorted(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** Prints a table. */
  void table(PrintWriter out) {
    out.printf(
        "%n%,d instructions in %.2f s (%.1f million a second); model %s decided %,d words (%.4f an"
            + " instruction)%n%n",
        outcome.executed(),
        outcome.nanoseconds() / 1e9,
        outcome.mips(),
        spec.name(),
        profile.evaluations(),
        (double) profile.evaluations() / Math.max(1, outcome.executed()));
    executed.forEach(
        (what, count) ->
            out.printf(
                "%-14s %,15d %6.2f%%%n",
                what, count, 100.0 * count / Math.max(1, outcome.executed())));
    if (!executed.isEmpty()) {
      out.println();
    }
    if (!mnemonics.isEmpty()) {
      kernels(out);
    }
  }

  private void kernels(PrintWriter out) {
    long all = Math.max(1, kernels.values().stream().mapToLong(Long::longValue).sum());
    List<Map.Entry<String, Long>> left = sorted(kernels);
    List<Map.Entry<String, Long>> right = sorted(mnemonics);
    int shown = Math.min(MOST_MNEMONICS, right.size());
    out.printf(
        "%-14s %15s %7s     %-10s %15s %7s%n",
        "kernel", "instructions", "%", "mnemonic", "instructions", "%");
    for (int i = 0; i < Math.max(left.size(), shown); i++) {
      out.println(
          (cell(left, i, left.size(), 14, all) + "     " + cell(right, i, shown, 10, all))
              .stripTrailing());
    }
    if (right.size() > shown) {
      out.printf("and %d more mnemonics; --stats-json lists all%n", right.size() - shown);
    }
  }

  private static String cell(
      List<Map.Entry<String, Long>> rows, int row, int most, int width, long all) {
    if (row >= most) {
      return " ".repeat(width + 24);
    }
    Map.Entry<String, Long> entry = rows.get(row);
    return String.format(
        "%-" + width + "s %,15d %6.2f%%",
        entry.getKey(),
        entry.getValue(),
        100.0 * entry.getValue() / all);
  }

  /**
   * Prints a JSON object.
   *
   * @param more members of it that others add
   */
  void json(Map<String, JsonElement> more, PrintWriter out) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("model", spec.name());
    all.put("ending", outcome.status().ending());
    all.put("exit", outcome.status().shellCode());
    all.put("instructions", outcome.status().instructions());
    all.put("nanoseconds", outcome.nanoseconds());
    all.put("millionInstructionsPerSecond", outcome.mips());
    all.put("networkEvaluations", profile.evaluations());
    if (!executed.isEmpty()) {
      all.put("executedBy", executed);
    }
    all.put("kernels", kernels);
    Map<String, Long> ordered = new LinkedHashMap<>();
    sorted(mnemonics).forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    all.put("mnemonics", ordered);
    all.putAll(more);
    out.println(Json.text(all));
  }
}
