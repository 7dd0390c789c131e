package dev.axon64.machine.engine;

/** Remembers the entries of regions that the guest came to last. */
final class RecentEntries {
  private static final int SIZE = 4096;

  private final RegionEntry[] entries = new RegionEntry[SIZE];

  /** The entry at an address; null if it is not remembered. */
  RegionEntry at(long pc) {
    RegionEntry entry = entries[place(pc)];
    return entry != null && entry.pc == pc && entry.valid ? entry : null;
  }

  void remember(RegionEntry entry) {
    entries[place(entry.pc)] = entry;
  }

  private static int place(long pc) {
    return (int) (pc >>> 2 ^ pc >>> 14) & SIZE - 1;
  }
}
