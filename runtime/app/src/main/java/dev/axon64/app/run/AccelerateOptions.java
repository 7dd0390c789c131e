package dev.axon64.app.run;

import dev.axon64.app.options.CompanionOptions;
import dev.axon64.app.run.AccelerationRequest.Prefetch;
import dev.axon64.codegen.support.InputException;
import dev.axon64.propose.accelerate.Accelerator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The networks that may propose to apply loops at once, or to fetch pages ahead. */
final class AccelerateOptions {
  @Option(
      names = "--accelerate",
      paramLabel = "NAME",
      split = ",",
      description =
          "Let networks propose what to do at once, where it is proven to change nothing: loops"
              + " (that count or fill), patterns (bulk operations on data), prefetch (pages of a"
              + " restored guest, or of --engine executor, before they are used), all or none."
              + " Default: none.")
  private List<String> names = List.of("none");

  @Mixin private CompanionOptions companions;

  /**
   * What was asked for.
   *
   * @throws InputException if a name means nothing
   */
  AccelerationRequest request() {
    Set<Accelerator.Network> networks = EnumSet.noneOf(Accelerator.Network.class);
    Prefetch prefetch = Prefetch.NEVER;
    for (String given : names) {
      String name = given.trim().toLowerCase(Locale.ROOT);
      switch (name) {
        case "none" -> {}
        case "prefetch" -> prefetch = Prefetch.ASKED_FOR;
        case "loops" -> networks.add(Accelerator.Network.LOOPS);
        case "patterns" -> networks.add(Accelerator.Network.PATTERNS);
        case "all" -> {
          networks.addAll(EnumSet.allOf(Accelerator.Network.class));
          prefetch = prefetch == Prefetch.NEVER ? Prefetch.WHERE_IT_HELPS : prefetch;
        }
        default ->
            throw new InputException(
                "--accelerate " + name,
                "is nothing that can be accelerated; give loops, patterns, prefetch, all or none");
      }
    }
    return new AccelerationRequest(networks, prefetch, companions.folder());
  }
}
