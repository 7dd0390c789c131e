package dev.axon64.machine.engine;

import dev.axon64.machine.translate.GuestCode;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator.Translation;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Is told of the regions that a translating engine makes, on the thread that runs the guest. It may
 * have others entered in their place, such as a {@link WatchedRegion}.
 */
@FunctionalInterface
public interface RegionWatch {
  /** Enters all regions as they were made. */
  RegionWatch NONE = made -> made.translation().map(Translation::region);

  /**
   * What the translator made of an address.
   *
   * @param generation how often one was made for it before
   * @param translation empty if it could make nothing
   * @param code what it read
   * @param nanoseconds that it took
   * @param valid whether the guest's code still is what it read
   */
  record Made(
      long pc,
      int generation,
      Optional<Translation> translation,
      GuestCode code,
      long nanoseconds,
      BooleanSupplier valid) {}

  /**
   * Called for each address that became hot, and again when it is translated anew.
   *
   * @return the region to enter from now on; empty where the translator made none
   */
  Optional<Region> made(Made made);
}
