package dev.axon64.app;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.accelerate.Accelerator;
import dev.axon64.propose.accelerate.Companions;
import dev.axon64.propose.accelerate.Heat;
import dev.axon64.propose.companion.CompanionFolder;
import dev.axon64.propose.companion.CompanionNetwork.Shape;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.prefetch.OracleRunAhead;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which networks may propose to apply loops at once, or to fetch pages ahead. */
final class AccelerateOptions {
  private static final String PREFETCH = "prefetch";
  private static final int PAGE_SHIFT = 12;

  @Option(
      names = "--accelerate",
      paramLabel = "LIST",
      split = ",",
      description =
          "What networks may propose to do at once, where it is proven to change nothing: loops"
              + " (that count or fill), patterns (bulk operations on data); prefetch: which pages"
              + " of a restored guest to fetch ahead, or to stage for --engine metal; all, or none"
              + " (the default).")
  private List<String> list = List.of("none");

  @Mixin private CompanionOptions companions;

  /**
   * An accelerator; null if nothing is to be accelerated.
   *
   * @param profile where it counts what it applies; null if it need not
   */
  Accelerator accelerator(Profile profile) {
    Set<Accelerator.Network> networks = networks();
    Optional<CompanionFolder> folder = companions.folder();
    if (networks.isEmpty()) {
      if (folder.isPresent() && names().noneMatch(PREFETCH::equals)) {
        throw new InputException("--companions", "is for networks that propose; add --accelerate");
      }
      return null;
    }
    ExecutorService background =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("axon64-proposals").factory());
    // What a user names is read at once, so that an error is told before the program starts; the
    // shipped networks need not be waited for.
    Supplier<Companions> proposer =
        folder
            .map(given -> new Companions(given).load(networks))
            .<Supplier<Companions>>map(read -> () -> read)
            .orElse(() -> new Companions(CompanionFolder.shipped()));
    return new Accelerator(networks, Meanings::a64, proposer, background, profile, Heat.WORTH_IT);
  }

  /**
   * What guesses the pages of a restored guest, or those that an engine stages; null if nothing is
   * to.
   *
   * @param arrive whether pages come one by one
   */
  Supplier<Prefetcher> prefetchers(boolean arrive) {
    boolean asked = names().anyMatch(PREFETCH::equals);
    if (asked && !arrive) {
      throw new InputException(
          "--accelerate prefetch",
          "is for guests from a snapshot and for the shader; give --restore or --engine metal too");
    }
    if (!arrive || !asked && names().noneMatch("all"::equals)) {
      return null;
    }
    CompanionFolder from = companions.folder().orElse(CompanionFolder.shipped());
    return () ->
        new OracleRunAhead(
            "memory oracle", MemoryOracle.of(from.network(Shape.MEMORY_ORACLE)), PAGE_SHIFT);
  }

  private Stream<String> names() {
    return list.stream().map(name -> name.trim().toLowerCase(Locale.ROOT));
  }

  private Set<Accelerator.Network> networks() {
    Set<Accelerator.Network> networks = EnumSet.noneOf(Accelerator.Network.class);
    for (String name : names().toList()) {
      switch (name) {
        case "none", PREFETCH -> {}
        case "all" -> networks.addAll(EnumSet.allOf(Accelerator.Network.class));
        case "loops" -> networks.add(Accelerator.Network.LOOPS);
        case "patterns" -> networks.add(Accelerator.Network.PATTERNS);
        default ->
            throw new InputException(
                "--accelerate " + name,
                "is nothing that can be accelerated; give loops, patterns, prefetch, all or none");
      }
    }
    return networks;
  }
}
