package dev.axon64.app.trace;

import dev.axon64.app.report.Json;
import dev.axon64.propose.prefetch.CacheCounts;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a simulated cache hierarchy and its prefetchers made of a run. */
final class CacheReport {
  private final long instructions;
  private final List<CacheCounts> counts;

  /**
   * @param counts by prefetcher, none first
   */
  CacheReport(long instructions, List<CacheCounts> counts) {
    this.instructions = instructions;
    this.counts = counts;
  }

  private CacheCounts none() {
    return counts.get(0);
  }

  void table(PrintWriter out) {
    out.printf(
        "%nL1 32 KiB, L2 512 KiB, 8 ways, lines of 64 bytes; %,d instructions, %,d loads and"
            + " stores%n%n",
        instructions, none().accesses());
    out.printf(
        "%-28s %12s %12s %12s %9s %9s %9s %14s%n",
        "prefetcher",
        "L1 misses",
        "L2 misses",
        "fetched",
        "accuracy",
        "coverage",
        "in time",
        "waited");
    for (CacheCounts row : counts) {
      boolean fetches = row.issued() > 0;
      out.printf(
          "%-28s %,12d %,12d %,12d %9s %9s %9s %,14d%n",
          row.prefetcher(),
          row.l1Misses(),
          row.l2Misses(),
          row.issued(),
          fetches ? percent(row.accuracy()) : "-",
          fetches ? percent(row.coverage(none())) : "-",
          fetches ? percent(row.timeliness()) : "-",
          row.waited());
    }
    out.printf(
        "%naccuracy: used of fetched; coverage: L1 misses gone; in time: of the used ones; waited:"
            + " in instructions%n");
  }

  private static String percent(double share) {
    return String.format("%.1f%%", 100 * share);
  }

  void json(PrintWriter out) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("instructions", instructions);
    all.put("accesses", none().accesses());
    Map<String, Object> rows = new LinkedHashMap<>();
    for (CacheCounts row : counts) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("l1Misses", row.l1Misses());
      values.put("l2Misses", row.l2Misses());
      values.put("fetched", row.issued());
      values.put("useful", row.useful());
      values.put("late", row.late());
      values.put("accuracy", row.accuracy());
      values.put("coverage", row.coverage(none()));
      values.put("timeliness", row.timeliness());
      values.put("waited", row.waited());
      rows.put(row.prefetcher(), values);
    }
    all.put("prefetchers", rows);
    out.println(Json.text(all));
  }
}
