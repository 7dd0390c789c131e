package dev.axon64.machine.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * The regions that may be entered, in the order in which they were made. If they become too many,
 * the oldest go; code that is still hot then gets a new one. A guest that makes code for ever thus
 * needs no more memory with time, nor does one whose libraries stay while its own code changes.
 */
final class LiveRegions {
  /** Instructions of the guest in all regions; the JVM needs some hundred bytes for each. */
  static final int MOST = 1 << 19;

  private final int most;
  private final Queue<Kept> all = new ArrayDeque<>();
  private int instructions;

  /** So many regions are there when those that are of no use any more are looked for. */
  private int tidyAt = 64;

  /** A region that is kept until it is dropped or its code changes. */
  static final class Kept {
    private final Set<CodePage> pages;
    private final int instructions;
    private final List<RegionEntry> entries = new ArrayList<>();
    private volatile boolean dropped;

    /**
     * @param pages what it was made from
     * @param instructions of the guest that it holds
     */
    Kept(Set<CodePage> pages, int instructions) {
      this.pages = pages;
      this.instructions = instructions;
    }

    /** Adds where the guest can enter it. */
    void enteredAt(RegionEntry entry) {
      entries.add(entry);
    }

    /** Whether it is still kept, and the guest's code still is what it was made from. */
    boolean isCurrent() {
      return !dropped && pages.stream().allMatch(page -> page.valid);
    }

    private boolean canBeEntered() {
      return entries.stream().anyMatch(entry -> entry.valid);
    }

    private void drop() {
      dropped = true;
      entries.forEach(entry -> entry.valid = false);
      pages.forEach(page -> entries.forEach(page.made::remove));
    }
  }

  /**
   * @param most how many instructions of the guest all may hold together
   */
  LiveRegions(int most) {
    this.most = most;
  }

  /** Adds a region whose entries are known, and drops the oldest if there is too much now. */
  void add(Kept region) {
    region.pages.forEach(page -> page.made.addAll(region.entries));
    all.add(region);
    instructions += region.instructions;
    while (instructions > most && all.size() > 1) {
      drop(all.remove());
    }
    if (all.size() >= tidyAt) {
      tidy();
      tidyAt = 2 * all.size() + 64;
    }
  }

  /** How many instructions of the guest those hold that are kept. */
  int instructions() {
    return instructions;
  }

  /** Drops what cannot be entered any more. */
  private void tidy() {
    for (Iterator<Kept> each = all.iterator(); each.hasNext(); ) {
      Kept region = each.next();
      if (!region.canBeEntered()) {
        each.remove();
        drop(region);
      }
    }
  }

  private void drop(Kept region) {
    instructions -= region.instructions;
    region.drop();
  }
}
