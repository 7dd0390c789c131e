package dev.axon64.machine.engine;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.translate.GuestCode;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator;
import dev.axon64.machine.translate.Translator.Translation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Decides which code is translated, lets that be done in the background, and remembers where the
 * regions are. Serves one host thread beside the one in the background.
 */
final class Regions {
  private final int patience;
  private final Executor background;
  private final Translator translator;
  private final RegionWatch watch;
  private final Queue<Runnable> finished = new ConcurrentLinkedQueue<>();

  /**
   * @param patience how often branches lead to an address before it is translated
   * @param background runs one translation after the other
   * @param translator what makes them
   * @param watch is told of what is made
   */
  Regions(int patience, Executor background, Translator translator, RegionWatch watch) {
    this.patience = patience;
    this.background = background;
    this.translator = translator;
    this.watch = watch;
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
      if (!branched) {
        return null;
      }
      int heat = ++entries.heat[index];
      if (heat != patience) {
        if (heat > patience) {
          install();
        }
        return null;
      }
      request(pc, cache);
      entry = entries.at[index];
      if (entry == null) {
        return null;
      }
    }
    if (!entry.isValid()) {
      entries.at[index] = null;
      entries.heat[index] = 0;
      return null;
    }
    return entry.region == null ? null : entry;
  }

  /**
   * Has code translated, of the page of its entry and of those beside it that were executed, too.
   */
  private void request(long pc, CodeCache cache) {
    long page = pc & -AddressSpace.PAGE;
    Map<Long, CodePage> pages = new HashMap<>();
    for (long near = page - AddressSpace.PAGE;
        near <= page + AddressSpace.PAGE;
        near += AddressSpace.PAGE) {
      cache.known(near).ifPresent(known -> pages.put(known.address, known));
    }
    boolean flat = cache.isFlat();
    background.execute(() -> translate(pc, pages, flat));
    install();
  }

  private void translate(long pc, Map<Long, CodePage> pages, boolean flat) {
    if (isCovered(pages, pc)) {
      return; // by a region that was made meanwhile
    }
    Set<CodePage> read = new HashSet<>();
    GuestCode code = new KnownCode(pages, read, flat);
    try {
      long start = System.nanoTime();
      Optional<Translation> translation = translator.translate(code, pc);
      long nanoseconds = System.nanoTime() - start;
      CodePage[] from = read.toArray(CodePage[]::new);
      for (long entry : translation.map(Translation::entries).orElse(List.of())) {
        CodePage page = pages.get(entry & -AddressSpace.PAGE);
        page.covered.put(entry, from);
      }
      RegionWatch.Made made =
          new RegionWatch.Made(pc, translation, code, nanoseconds, () -> areValid(from));
      finished.add(() -> put(pages, from, made));
    } catch (RuntimeException | Error e) {
      finished.add(
          () -> {
            throw e; // on the thread that runs the guest
          });
    }
  }

  private static boolean isCovered(Map<Long, CodePage> pages, long pc) {
    CodePage[] from = pages.get(pc & -AddressSpace.PAGE).covered.get(pc);
    return from != null && areValid(from);
  }

  private static boolean areValid(CodePage[] pages) {
    for (CodePage page : pages) {
      if (!page.valid) {
        return false;
      }
    }
    return true;
  }

  /**
   * Code that has been executed.
   *
   * @param read gets the pages that are read
   */
  private record KnownCode(Map<Long, CodePage> pages, Set<CodePage> read, boolean isFlat)
      implements GuestCode {
    @Override
    public Optional<Decoded> at(long address) {
      CodePage page = pages.get(address & -AddressSpace.PAGE);
      if (page == null || (address & 3) != 0) {
        return Optional.empty();
      }
      read.add(page);
      int index = (int) (address - page.address) >>> 2;
      int step = page.steps[index];
      return Optional.of(
          new Decoded(page.words[index], CodePage.kernel(step), CodePage.instruction(step)));
    }
  }

  private void install() {
    for (Runnable next = finished.poll(); next != null; next = finished.poll()) {
      next.run();
    }
  }

  private void put(Map<Long, CodePage> pages, CodePage[] read, RegionWatch.Made made) {
    Region region = watch.made(made).orElse(null);
    if (region == null) {
      put(pages, made.pc(), new Entry(null, 0, read));
      return;
    }
    List<Long> entries = made.translation().orElseThrow().entries();
    for (int number = 0; number < entries.size(); number++) {
      put(pages, entries.get(number), new Entry(region, number, read));
    }
  }

  /** The first to be made for an address stays, for as long as it is valid. */
  private static void put(Map<Long, CodePage> pages, long address, Entry entry) {
    CodePage page = pages.get(address & -AddressSpace.PAGE);
    int index = (int) (address - page.address) >>> 2;
    Entry[] at = page.entries().at;
    if (at[index] == null || at[index].region == null || !at[index].isValid()) {
      at[index] = entry;
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
      return areValid(pages);
    }
  }
}
