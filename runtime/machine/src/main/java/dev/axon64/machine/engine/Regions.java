package dev.axon64.machine.engine;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.translate.GuestCode;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator;
import dev.axon64.machine.translate.Translator.Translation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which code is translated, and remembers where its regions are. */
final class Regions {
  private final int patience;
  private final Translator translator = new Translator();
  private long regions;

  /**
   * @param patience how often branches lead to an address before it is translated
   */
  Regions(int patience) {
    this.patience = patience;
  }

  /** Regions made so far. */
  long made() {
    return regions;
  }

  /**
   * The region that is entered at an address.
   *
   * @param branched whether a branch has just led there
   * @return null for none
   */
  Entry at(CodePage page, long pc, CodeCache cache, boolean branched) {
    int index = (int) (pc - page.address) >>> 2;
    Entries entries = page.entries();
    Entry entry = entries.at[index];
    if (entry == null) {
      if (!branched || ++entries.heat[index] < patience) {
        return null;
      }
      translate(pc, cache);
      entry = entries.at[index];
    }
    if (!entry.isValid()) {
      entries.at[index] = null;
      entries.heat[index] = 0;
      return null;
    }
    return entry.region == null ? null : entry;
  }

  private void translate(long pc, CodeCache cache) {
    Map<Long, CodePage> pages = new HashMap<>();
    Optional<Translation> made =
        translator.translate(address -> decoded(pages, cache, address), pc);
    CodePage[] from = pages.values().toArray(CodePage[]::new);
    if (made.isEmpty()) {
      put(cache, pc, new Entry(null, 0, from));
      return;
    }
    regions++;
    List<Long> entries = made.get().entries();
    for (int number = 0; number < entries.size(); number++) {
      put(cache, entries.get(number), new Entry(made.get().region(), number, from));
    }
  }

  /** The first to be made for an address stays. */
  private static void put(CodeCache cache, long address, Entry entry) {
    CodePage page = cache.at(address);
    int index = (int) (address - page.address) >>> 2;
    Entry[] at = page.entries().at;
    if (at[index] == null || at[index].region == null) {
      at[index] = entry;
    }
  }

  private static Optional<GuestCode.Decoded> decoded(
      Map<Long, CodePage> pages, CodeCache cache, long address) {
    try {
      CodePage page = pages.computeIfAbsent(address & -AddressSpace.PAGE, cache::at);
      int index = (int) (address - page.address) >>> 2;
      int step = page.steps[index];
      return Optional.of(
          new GuestCode.Decoded(
              page.words[index], CodePage.kernel(step), CodePage.instruction(step)));
    } catch (MemoryFault fault) {
      return Optional.empty();
    }
  }

  /** What is known of the addresses of a page. */
  static final class Entries {
    final int[] heat = new int[CodePage.WORDS];
    final Entry[] at = new Entry[CodePage.WORDS];
  }

  /**
   * What was made of an address.
   *
   * @param region null if nothing could be
   * @param number of the region's entries
   * @param pages what it was made from
   */
  record Entry(Region region, int number, CodePage[] pages) {
    boolean isValid() {
      for (CodePage page : pages) {
        if (!page.valid) {
          return false;
        }
      }
      return true;
    }
  }
}
