package dev.axon64.machine.lockstep;

import dev.axon64.machine.translate.RegionText;
import java.util.List;
import java.util.Optional;

/**
 * The first difference between two engines.
 *
 * @param what differs, a line for each register or byte
 * @param before instructions that both had executed alike in this address space when the turn began
 * @param instructions of the turn after which they differ, as few as still show it
 * @param start the address at which the turn began
 * @param isRepeated whether it came again when the turn was repeated; otherwise it is not narrowed
 * @param region where it arises, if that is known
 */
public record Difference(
    List<String> what,
    long before,
    long instructions,
    long start,
    boolean isRepeated,
    Optional<Place> region) {
  /**
   * A region.
   *
   * @param entry the address for which it was made
   * @param pc where its last passage began
   */
  public record Place(long entry, long pc, RegionText text) {}
}
