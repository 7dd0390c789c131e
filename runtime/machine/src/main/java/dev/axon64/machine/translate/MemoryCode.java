package dev.axon64.machine.translate;

import java.lang.classfile.Label;

/** Writes a block's loads and stores. */
sealed interface MemoryCode permits FlatMemory, PagedMemory {
  /**
   * Keeps what is loaded as the load's result.
   *
   * @param missing where to go if that cannot be done at once
   */
  void load(Step.Load s, Label missing);

  /**
   * Stores.
   *
   * @param missing where to go if that cannot be done at once
   */
  void store(Step.Store s, Label missing);
}
