package dev.axon64.app.run;

import dev.axon64.propose.accelerate.Accelerator;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What networks may propose in a run.
 *
 * @param networks those that may propose to apply loops at once
 * @param prefetch whether pages may be guessed
 * @param companions a folder with weights for these networks, if not the shipped ones
 */
record AccelerationRequest(
    Set<Accelerator.Network> networks, Prefetch prefetch, Optional<Path> companions) {
  /** When pages are guessed. */
  enum Prefetch {
    NEVER,
    /** Where pages come one by one; elsewhere there is nothing to guess. */
    WHERE_IT_HELPS,
    /** The user says that pages come one by one. */
    ASKED_FOR
  }

  AccelerationRequest {
    networks = Set.copyOf(networks);
  }

  /** Whether any network was asked for by name or by {@code all}. */
  boolean isAskedFor() {
    return !networks.isEmpty() || prefetch != Prefetch.NEVER;
  }
}
