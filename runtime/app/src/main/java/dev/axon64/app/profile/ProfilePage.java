package dev.axon64.app.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** A profile as one HTML page that needs nothing else: the flame graph and the table of regions. */
record ProfilePage(Outcome outcome) {
  private static final double MILLI = 1e6;

  String text() {
    return template()
        .replace("{program}", Html.escaped(outcome.program()))
        .replace("{summary}", summary())
        .replace("{flames}", FlameGraph.svg(outcome.samples().tree()))
        .replace("{regions}", regions());
  }

  private static String template() {
    try (InputStream in = ProfilePage.class.getResourceAsStream("profile.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%,d instructions in %.2f s; %,d samples, one after every %,d instructions; %,d regions",
        outcome.status().instructions(),
        outcome.nanoseconds() / 1e9,
        outcome.samples().count(),
        outcome.samples().every(),
        outcome.regions().size());
  }

  private String regions() {
    return outcome.regions().stream().map(this::row).collect(Collectors.joining("\n"));
  }

  private String row(RegionProfile.Entry region) {
    Compilations.Compiled compiled = outcome.compiled(region);
    String exits =
        region.exits().entrySet().stream()
            .map(exit -> String.format(Locale.ROOT, "%s %,d", exit.getKey(), exit.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "<tr><td>%.2f%%</td><td>%,d</td><td>%,d</td><td>%d</td><td>%,d</td><td>%.1f</td>"
            + "<td>%.1f</td><td>%,d</td><th>%s</th><th>%s</th><th>%s</th></tr>",
        outcome.percent(region.executed()),
        region.executed(),
        region.entries(),
        region.translation().instructions(),
        region.translation().bytes(),
        region.nanoseconds() / MILLI,
        compiled.nanoseconds() / MILLI,
        compiled.codeSize(),
        Html.escaped(region.place().text()),
        Html.escaped(region.place().object()),
        exits);
  }
}
