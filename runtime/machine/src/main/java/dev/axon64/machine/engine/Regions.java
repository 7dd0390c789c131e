package dev.axon64.machine.engine;

import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.translate.GuestCode;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides which code is translated, and remembers where its regions are. */
final class Regions {
  private final int patience;
  private final Translator translator = new Translator();
  private long made;

  /**
   * @param patience how often branches lead to an address before it is translated
   */
  Regions(int patience) {
    this.patience = patience;
  }

  /** Regions made so far. */
  long made() {
    return made;
  }

  /** The region that is entered at an address, to which a branch has just led; null for none. */
  Region at(CodePage page, long pc, CodeCache cache) {
    int index = (int) (pc - page.address) >>> 2;
    Entries entries = page.entries();
    Entry entry = entries.regions[index];
    if (entry == null) {
      if (++entries.heat[index] < patience) {
        return null;
      }
      entry = translate(pc, cache);
      entries.regions[index] = entry;
    }
    if (!entry.isValid()) {
      entries.regions[index] = null;
      entries.heat[index] = 0;
      return null;
    }
    return entry.region;
  }

  private Entry translate(long pc, CodeCache cache) {
    Map<Long, CodePage> pages = new HashMap<>();
    GuestCode code =
        address -> {
          try {
            CodePage page = pages.computeIfAbsent(address & -4096, cache::at);
            int step = page.steps[(int) (address - page.address) >>> 2];
            return Optional.of(
                new GuestCode.Decoded(
                    page.words[(int) (address - page.address) >>> 2],
                    CodePage.kernel(step),
                    CodePage.instruction(step)));
          } catch (MemoryFault fault) {
            return Optional.empty();
          }
        };
    Region region = translator.translate(code, pc).map(Translator.Translation::region).orElse(null);
    made += region == null ? 0 : 1;
    return new Entry(region, pages.values().toArray(CodePage[]::new));
  }

  /** What is known of the addresses of a page. */
  static final class Entries {
    final int[] heat = new int[CodePage.WORDS];
    final Entry[] regions = new Entry[CodePage.WORDS];
  }

  /**
   * What was made of an address.
   *
   * @param region null if nothing could be
   * @param pages what it was made from
   */
  record Entry(Region region, CodePage[] pages) {
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
