package dev.axon64.app.dispatch;

import dev.axon64.app.report.Json;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.machine.dispatch.EngineRun;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a dispatch run found.
 *
 * @param source what was dispatched
 * @param spec the network's spec
 * @param words the words
 * @param runs one for each engine; the first gives the counts
 */
record DispatchReport(String source, DispatchSpec spec, int[] words, List<EngineRun> runs) {
  private static final int LEAST_TIMED = 1 << 18;

  /** How to print it. */
  enum Format {
    TABLE,
    JSON,
    CSV
  }

  /** How many answers of other engines differ from those of the first. */
  int disagreements() {
    return runs.stream().skip(1).mapToInt(run -> run.disagreements(runs.get(0))).sum();
  }

  /** Words whose kernel is not that of their encoding group. */
  private int wrong() {
    int wrong = 0;
    int[] kernels = runs.get(0).kernels();
    for (int i = 0; i < words.length; i++) {
      wrong += kernels[i] == spec.label(words[i]) ? 0 : 1;
    }
    return wrong;
  }

  private int[] counts() {
    int[] counts = new int[spec.kernels().size()];
    for (int kernel : runs.get(0).kernels()) {
      counts[kernel]++;
    }
    return counts;
  }

  private double share(int count) {
    return words.length == 0 ? 0 : (double) count / words.length;
  }

  void print(Format format, PrintWriter out) {
    switch (format) {
      case TABLE -> table(out);
      case JSON -> json(out);
      case CSV -> csv(out);
    }
    out.flush();
  }

  private void table(PrintWriter out) {
    out.printf(Locale.ROOT, "%s: %,d words, model %s%n%n", source, words.length, spec.name());
    out.printf("%-14s %12s %8s%n", "kernel", "words", "share");
    int[] counts = counts();
    for (int k = 0; k < counts.length; k++) {
      out.printf(
          Locale.ROOT,
          "%-14s %,12d %7.2f%%%n",
          spec.kernels().get(k),
          counts[k],
          100 * share(counts[k]));
    }
    out.printf("%n%-14s %12s %14s%n", "engine", "words/s", "disagreements");
    for (EngineRun run : runs) {
      int apart = run.disagreements(runs.get(0));
      out.printf("%-14s %12s %14s%n", run.engine(), speed(run), apart == 0 ? "none" : apart);
    }
    int wrong = wrong();
    out.printf(
        Locale.ROOT,
        "%nnot the kernel of their encoding group: %s%n",
        wrong == 0
            ? "none"
            : String.format(Locale.ROOT, "%,d (%.2f%%)", wrong, 100 * share(wrong)));
  }

  /** Words a second, class loading and warm-up included, which says nothing of a short run. */
  private String speed(EngineRun run) {
    return words.length < LEAST_TIMED
        ? "(too few)"
        : String.format(Locale.ROOT, "%,.0f", words.length * 1e9 / Math.max(1, run.nanoseconds()));
  }

  private void json(PrintWriter out) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("source", source);
    root.put("model", spec.name());
    root.put("words", words.length);
    Map<String, Integer> kernels = new LinkedHashMap<>();
    int[] counts = counts();
    for (int k = 0; k < counts.length; k++) {
      kernels.put(spec.kernels().get(k), counts[k]);
    }
    root.put("kernels", kernels);
    Map<String, Integer> engines = new LinkedHashMap<>();
    runs.forEach(run -> engines.put(run.engine(), run.disagreements(runs.get(0))));
    root.put("disagreements", engines);
    root.put("wrong", wrong());
    out.println(Json.text(root));
  }

  private void csv(PrintWriter out) {
    out.println("kernel,words,share");
    int[] counts = counts();
    for (int k = 0; k < counts.length; k++) {
      out.printf(Locale.ROOT, "%s,%d,%.6f%n", spec.kernels().get(k), counts[k], share(counts[k]));
    }
  }
}
