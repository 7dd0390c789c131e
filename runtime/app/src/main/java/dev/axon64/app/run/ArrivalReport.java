package dev.axon64.app.run;

import com.google.gson.JsonObject;
import dev.axon64.linux.snapshot.ArrivalCounts;
import java.io.PrintWriter;
import java.util.Locale;

/** How a restored guest's pages have come. */
record ArrivalReport(ArrivalCounts counts) {
  private static final double MILLI = 1e6;

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-14s %9s %10s %11s %10s %9s %11s %11s %11s%n",
        "pages",
        "in file",
        "on demand",
        "fetched",
        "used",
        "unused",
        "stalled ms",
        "guesses ms",
        "fetches ms");
    out.printf(
        Locale.ROOT,
        "%-14s %,9d %,10d %,11d %,10d %,9d %,11.1f %,11.1f %,11.1f%n",
        counts.prefetcher(),
        counts.pages(),
        counts.onDemand(),
        counts.fetched(),
        counts.used(),
        counts.unused(),
        counts.stalled() / MILLI,
        counts.guessing() / MILLI,
        counts.fetching() / MILLI);
    if (!counts.off().isEmpty()) {
      out.printf(Locale.ROOT, "  prefetch switched off: %s%n", counts.off());
    }
  }

  /** The same figures; times in milliseconds. */
  JsonObject json() {
    JsonObject all = new JsonObject();
    all.addProperty("prefetcher", counts.prefetcher());
    all.addProperty("pages", counts.pages());
    all.addProperty("onDemand", counts.onDemand());
    all.addProperty("fetched", counts.fetched());
    all.addProperty("used", counts.used());
    all.addProperty("late", counts.late());
    all.addProperty("unused", counts.unused());
    all.addProperty("missed", counts.missed());
    all.addProperty("inferences", counts.inferences());
    all.addProperty("stalledMs", counts.stalled() / MILLI);
    all.addProperty("guessMs", counts.guessing() / MILLI);
    all.addProperty("fetchMs", counts.fetching() / MILLI);
    all.addProperty("off", counts.off());
    return all;
  }
}
