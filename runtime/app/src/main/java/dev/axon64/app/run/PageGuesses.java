package dev.axon64.app.run;

import dev.axon64.app.run.AccelerationRequest.Prefetch;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.CompanionFolder;
import dev.axon64.propose.companion.CompanionNetwork.Shape;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.prefetch.OracleRunAhead;
import java.util.Optional;
import java.util.function.Supplier;

/** The network that guesses which pages a guest needs next. */
final class PageGuesses {
  private static final int PAGE_SHIFT = 12;

  private PageGuesses() {}

  /**
   * A maker of that network, which takes a moment; empty if it was not asked for or has nothing to
   * guess.
   *
   * @param weights those that were given in place of the shipped ones
   */
  static Optional<Supplier<Prefetcher>> of(RunRequest request, Optional<CompanionFolder> weights) {
    if (request.acceleration().prefetch() == Prefetch.NEVER || !request.pagesArrive()) {
      return Optional.empty();
    }
    CompanionFolder from = weights.orElse(CompanionFolder.shipped());
    return Optional.of(
        () ->
            new OracleRunAhead(
                "memory oracle", MemoryOracle.of(from.network(Shape.MEMORY_ORACLE)), PAGE_SHIFT));
  }
}
