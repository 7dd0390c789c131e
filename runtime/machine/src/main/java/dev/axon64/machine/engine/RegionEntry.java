package dev.axon64.machine.engine;

import dev.axon64.machine.translate.Region;

/** An address at which a region can be entered. */
final class RegionEntry {
  final long pc;

  /** Null if none could be made for this address. */
  final Region region;

  /** Its number among the region's entries. */
  final int number;

  /** How often the region was made anew. */
  final int generation;

  /** Whether it is still to be used: its code has not changed, and no better region is there. */
  boolean valid = true;

  /** How often computed branches led out of the region. */
  int misses;

  RegionEntry(long pc, Region region, int number, int generation) {
    this.pc = pc;
    this.region = region;
    this.number = number;
    this.generation = generation;
  }
}
