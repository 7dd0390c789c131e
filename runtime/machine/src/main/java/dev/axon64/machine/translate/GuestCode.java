package dev.axon64.machine.translate;

import java.util.List;
import java.util.Optional;

/** Reads the decoded instructions of a guest. */
public interface GuestCode {
  /**
   * One decoded word.
   *
   * @param kernel the network's answer
   * @param instruction what that kernel calls it; negative if it is not one of its instructions
   */
  record Decoded(int word, int kernel, int instruction) {}

  /** The word at an address; empty if there is none that may be executed. */
  Optional<Decoded> at(long address);

  /** Whether its memory is {@linkplain dev.axon64.machine.memory.MemoryLimit#flat flat}. */
  boolean isFlat();

  /** Whether branches have hardly ever led to an address, as far as they were counted. */
  boolean isCold(long address);

  /** Where the branch at an address has been seen to lead, the most frequent first. */
  List<Long> seen(long branch);
}
