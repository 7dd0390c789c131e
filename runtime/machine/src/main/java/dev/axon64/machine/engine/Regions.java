package dev.axon64.machine.engine;

import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator;
import dev.axon64.machine.translate.Translator.Translation;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Decides which code is translated, lets that be done in the background, and remembers where the
 * regions are. Serves one host thread beside the one in the background.
 */
final class Regions {
  /** The branch that led somewhere is not known. */
  static final long UNKNOWN = -1;

  /** What branches lead to one in so many times as to the entry stays out of a region. */
  private static final int RARE = 128;

  /** Of branches that lead out of a region so often, one in so many is recorded. */
  private static final int OFTEN = 16;

  /** Bytes of bytecode that are taken for what is not yet made. */
  private static final long EXPECTED = 3000;

  /**
   * Code takes twice as long to become hot for each time that its page was changed, up to so many
   * times: what changes often is seldom worth a translation.
   */
  private static final int MOST_DOUBLINGS = 6;

  /** A region is made anew so many times. */
  private static final int LAST_GENERATION = 4;

  private final int patience;
  private final Executor background;
  private final Translator translator;
  private final RegionWatch watch;
  private final LiveRegions live;
  private final Allowance allowance;
  private final HeatSampling sampling;
  private final WantedCode wanted = new WantedCode();
  private final Queue<Runnable> finished = new ConcurrentLinkedQueue<>();

  /**
   * @param pace how eagerly it translates
   * @param background runs one translation after the other
   * @param translator what makes them
   * @param watch is told of what is made
   */
  Regions(Pace pace, Executor background, Translator translator, RegionWatch watch) {
    this(pace, background, translator, watch, LiveRegions.MOST);
  }

  /**
   * @param most how many instructions of the guest all regions may hold together
   */
  Regions(Pace pace, Executor background, Translator translator, RegionWatch watch, int most) {
    this.allowance = new Allowance(pace.first(), pace.instructionsPerByte());
    this.sampling = new HeatSampling(pace.counted(), pace.uncounted());
    this.live = new LiveRegions(most);
    this.patience = pace.patience();
    this.background = background;
    this.translator = translator;
    this.watch = watch;
  }

  /**
   * The region that is entered at an address.
   *
   * @param page the page that holds it
   * @return null for none
   */
  RegionEntry at(CodePage page, long pc) {
    Entries entries = page.entries();
    int index = CodePage.index(pc);
    RegionEntry entry = entries.at[index];
    if (entry == null) {
      return null;
    }
    if (!entry.valid) {
      entries.at[index] = null;
      entries.heat[index] = 0;
      page.mark(index, false);
      return null;
    }
    return entry.region == null ? null : entry;
  }

  /**
   * Counts that a branch has led to an address where no region is entered, and has one made in
   * time: when it is hot, and hotter than others that wait for an allowance.
   *
   * @param branch the branch's address, or {@link #UNKNOWN}
   * @return the region if it is there now, else null
   */
  RegionEntry heat(CodePage page, long pc, long branch, CodeCache cache) {
    Entries entries = page.entries();
    int heat = Math.max(entries.heat[CodePage.index(pc)] + 1, 1);
    entries.heat[CodePage.index(pc)] = heat;
    int needed = patience << Math.min(page.changes, MOST_DOUBLINGS);
    boolean doubled = (heat & heat - 1) == 0;
    if (doubled && heat <= needed) {
      cache.known(branch).ifPresent(from -> from.jumps.record(branch, pc));
    }
    if (heat >= needed) {
      if (doubled && entries.at[CodePage.index(pc)] == null) {
        wanted.add(page, pc, cache);
        serve();
      }
      install();
    }
    return heat < needed ? null : at(page, pc);
  }

  /**
   * Counts that a computed branch has led out of a region, and has the region made anew in time,
   * with where the branch led.
   *
   * @param entry where the region was entered
   */
  void missed(RegionEntry entry, long branch, long target, CodeCache cache) {
    int most = patience << 2 * (entry.generation + 1);
    if (entry.generation == LAST_GENERATION || entry.misses > most) {
      return;
    }
    if (entry.misses < OFTEN || entry.misses % OFTEN == 0) {
      cache.known(branch).ifPresent(from -> from.jumps.record(branch, target));
    }
    if (++entry.misses == most) {
      if (allowance.isLeft()) {
        request(entry.pc, entry.generation + 1, patience, cache);
        install();
      } else {
        entry.misses = most / 2;
      }
    }
  }

  /** Takes note of instructions that the guest has executed. */
  void executed(long instructions) {
    allowance.executed(instructions);
    if (sampling.executed(instructions)) {
      serve();
      install();
    }
  }

  /** Takes note of instructions that regions have executed faster. */
  void saved(long instructions) {
    allowance.saved(instructions);
  }

  /** When it is counted where branches lead. */
  HeatSampling sampling() {
    return sampling;
  }

  /** Has the hottest code translated for which nothing was left before. */
  private void serve() {
    while (allowance.isLeft() && !wanted.isEmpty()) {
      WantedCode.Place hottest = wanted.take();
      if (hottest.isWanted()) {
        request(hottest.pc(), 0, hottest.heat(), hottest.cache());
      }
    }
  }

  private void request(long pc, int generation, int heat, CodeCache cache) {
    allowance.spend(EXPECTED);
    background.execute(() -> translate(pc, generation, heat, cache));
  }

  private void translate(long pc, int generation, int heat, CodeCache cache) {
    if (isPutOff(cache, pc, generation)) {
      finished.add(() -> allowance.spend(-EXPECTED));
      return;
    }
    ExecutedCode code = new ExecutedCode(cache, heat / RARE);
    try {
      long start = System.nanoTime();
      Optional<Translation> translation = translator.translate(code, pc, generation);
      long nanoseconds = System.nanoTime() - start;
      LiveRegions.Kept kept =
          new LiveRegions.Kept(code.pages(), translation.map(Translation::instructions).orElse(1));
      translation.ifPresent(made -> cover(made, generation, cache, kept));
      RegionWatch.Made made =
          new RegionWatch.Made(pc, generation, translation, code, nanoseconds, kept::isCurrent);
      finished.add(() -> put(made, cache, kept));
    } catch (RuntimeException | Error e) {
      finished.add(
          () -> {
            throw e; // on the thread that runs the guest
          });
    }
  }

  /** How many instructions of the guest the regions hold that are kept. */
  int instructions() {
    return live.instructions();
  }

  private static void cover(
      Translation made, int generation, CodeCache cache, LiveRegions.Kept kept) {
    for (long block : made.blocks()) {
      boolean entry = made.entries().contains(block);
      Covered covered = new Covered(generation, entry, kept);
      cache.known(block).ifPresent(page -> page.covered.put(block, covered));
    }
  }

  /**
   * Whether a region that was made meanwhile is entered there, or has the address inside, so that
   * the guest will hardly come there from elsewhere any more. If it does, the next request counts.
   */
  private boolean isPutOff(CodeCache cache, long pc, int generation) {
    Optional<CodePage> page = cache.known(pc);
    Covered covered = page.map(known -> known.covered.get(pc)).orElse(null);
    if (covered == null || covered.generation < generation || !covered.region.isCurrent()) {
      return false;
    }
    if (!covered.entry) {
      page.get().covered.remove(pc);
      finished.add(() -> page.get().entries().cool(pc));
    }
    return true;
  }

  private void install() {
    for (Runnable next = finished.poll(); next != null; next = finished.poll()) {
      next.run();
    }
  }

  private void put(RegionWatch.Made made, CodeCache cache, LiveRegions.Kept kept) {
    allowance.spend(made.translation().map(Translation::bytes).orElse(0) - EXPECTED);
    Region region = watch.made(made).orElse(null);
    if (!kept.isCurrent()) {
      cache.known(made.pc()).ifPresent(page -> page.entries().cool(made.pc()));
      return;
    }
    List<Long> addresses = region == null ? List.of(made.pc()) : made.translation().get().entries();
    for (int number = 0; number < addresses.size(); number++) {
      RegionEntry entry = new RegionEntry(addresses.get(number), region, number, made.generation());
      if (put(entry, cache)) {
        kept.enteredAt(entry);
      }
    }
    live.add(kept);
  }

  /** The first that is made for an address stays, until there is one of a later generation. */
  private static boolean put(RegionEntry entry, CodeCache cache) {
    Optional<CodePage> page = cache.known(entry.pc);
    if (page.isEmpty()) {
      return false;
    }
    RegionEntry[] at = page.get().entries().at;
    int index = CodePage.index(entry.pc);
    RegionEntry old = at[index];
    boolean usable = old != null && old.valid && old.region != null;
    if (usable && (entry.region == null || old.generation >= entry.generation)) {
      return false;
    }
    if (old != null) {
      old.valid = false;
    }
    at[index] = entry;
    page.get().mark(index, entry.region != null);
    return true;
  }

  /** What is known of the addresses of a page. */
  static final class Entries {
    /** How often branches have led to each address. */
    final int[] heat = new int[CodePage.WORDS];

    final RegionEntry[] at = new RegionEntry[CodePage.WORDS];

    /**
     * Counts that a branch has led to an address, if that is all there is to do.
     *
     * @return false if nothing is counted, since {@link Regions#heat} is to be told
     */
    boolean counts(int index) {
      int count = heat[index];
      if ((count + 1 & count) == 0) {
        return false;
      }
      heat[index] = count + 1;
      return true;
    }

    /** Begins to count anew how often the guest comes to an address. */
    void cool(long pc) {
      heat[CodePage.index(pc)] = 0;
      if (at[CodePage.index(pc)] != null) {
        at[CodePage.index(pc)].misses = 0;
      }
    }
  }

  /**
   * What was made that has an address inside.
   *
   * @param entry whether it is entered there
   */
  record Covered(int generation, boolean entry, LiveRegions.Kept region) {}
}
