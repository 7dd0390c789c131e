package dev.axon64.app;

import com.google.gson.GsonBuilder;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.linux.ExitStatus;
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

  /** How to print. */
  enum Format {
    TABLE,
    JSON
  }

  private final DispatchSpec spec;
  private final ExitStatus status;
  private final long executed;
  private final long nanoseconds;
  private final Profile profile;
  private final AccelerationReport acceleration;
  private final ArrivalReport arrivals;
  private final Map<String, Long> kernels = new LinkedHashMap<>();
  private final Map<String, Long> mnemonics = new TreeMap<>();

  /**
   * @param spec names the kernels
   * @param nanoseconds that the run took
   * @param executed instructions in that time
   * @param acceleration null if nothing was accelerated
   * @param arrivals null if no guest was restored
   */
  RunReport(
      DispatchSpec spec,
      ExitStatus status,
      long executed,
      long nanoseconds,
      Profile profile,
      AccelerationReport acceleration,
      ArrivalReport arrivals) {
    this.spec = spec;
    this.status = status;
    this.executed = executed;
    this.nanoseconds = nanoseconds;
    this.profile = profile;
    this.acceleration = acceleration;
    this.arrivals = arrivals;
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

  void print(Format format, PrintWriter out) {
    if (format == Format.JSON) {
      json(out);
    } else {
      table(out);
    }
  }

  private double mips() {
    return executed * 1e3 / Math.max(1, nanoseconds);
  }

  private List<Map.Entry<String, Long>> sorted(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  private void table(PrintWriter out) {
    long all = Math.max(1, kernels.values().stream().mapToLong(Long::longValue).sum());
    out.printf(
        "%n%,d instructions in %.2f s (%.1f million a second); model %s decided %,d words (%.4f an"
            + " instruction)%n%n",
        executed,
        nanoseconds / 1e9,
        mips(),
        spec.name(),
        profile.evaluations(),
        (double) profile.evaluations() / Math.max(1, executed));
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

  private void json(PrintWriter out) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("model", spec.name());
    all.put("ending", status.ending());
    all.put("exit", status.shellCode());
    all.put("instructions", status.instructions());
    all.put("nanoseconds", nanoseconds);
    all.put("millionInstructionsPerSecond", mips());
    all.put("networkEvaluations", profile.evaluations());
    all.put("kernels", kernels);
    Map<String, Long> ordered = new LinkedHashMap<>();
    sorted(mnemonics).forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    all.put("mnemonics", ordered);
    if (acceleration != null) {
      all.put("acceleration", acceleration.json());
      all.put("nothingToPropose", acceleration.unread());
    }
    if (arrivals != null) {
      all.put("arrivals", arrivals.json());
    }
    out.println(new GsonBuilder().setPrettyPrinting().create().toJson(all));
  }
}
