package dev.axon64.machine.engine;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * The pages of code of one address space for which kernels are chosen. A page is dropped when it is
 * written or unmapped.
 */
final class CodeCache {
  private static final int RECENT = 256;

  /** Pages whose changes are counted before all are forgotten. */
  private static final int MOST_CHANGED = 1 << 12;

  /** Weak, so that engines do not keep spaces that nobody else needs. */
  private final WeakReference<AddressSpace> memory;

  private final boolean flat;
  private final PageDecisions decisions;
  private final Map<Long, CodePage> pages = new ConcurrentHashMap<>();
  private final CodePage[] recent = new CodePage[RECENT];

  /** How often the code of a page was written or unmapped after it was executed. */
  private final Map<Long, Integer> changes = new HashMap<>();

  private final Profile profile;
  private final boolean watched;

  /** The pages that another engine executes. */
  private LongPredicate aside = page -> false;

  private long drops;

  /**
   * @param profile counts what is executed; null if it need not be
   * @param watched whether branches back are counted
   */
  CodeCache(AddressSpace memory, PageDecisions decisions, Profile profile, boolean watched) {
    this.memory = new WeakReference<>(memory);
    this.flat = memory.isFlat();
    this.decisions = decisions;
    this.profile = profile;
    this.watched = watched;
    memory.addCodeListener(this::changed);
  }

  private void changed(long address) {
    if (pages.containsKey(address)) {
      if (changes.size() == MOST_CHANGED) {
        changes.clear();
      }
      changes.merge(address, 1, Integer::sum);
      drop(address);
    }
  }

  private void drop(long address) {
    CodePage page = pages.remove(address);
    if (page != null) {
      drops++;
      page.drop();
      if (profile != null) {
        profile.retire(page);
      }
    }
  }

  /** Drops all pages, so that they are decided again when they are next executed. */
  void forget() {
    List.copyOf(pages.keySet()).forEach(this::drop);
  }

  /** See {@link Engine#stepAside}. */
  void stepAside(LongPredicate others) {
    aside = others;
    pages.keySet().stream().filter(others::test).toList().forEach(this::drop);
  }

  /** How often a page was dropped. */
  long drops() {
    return drops;
  }

  /** Whether the address space is flat. */
  boolean isFlat() {
    return flat;
  }

  /** The page that holds an address if it has been decided; any thread may ask. */
  Optional<CodePage> known(long address) {
    return Optional.ofNullable(pages.get(address & -AddressSpace.PAGE));
  }

  /**
   * The page that holds an address.
   *
   * @throws MemoryFault if the address may not be executed
   */
  CodePage at(long pc) {
    long address = pc & -AddressSpace.PAGE;
    int slot = (int) (pc >>> 12) & (RECENT - 1);
    CodePage page = recent[slot];
    if (page != null && page.valid && page.address == address) {
      return page;
    }
    page = pages.get(address);
    if (page == null) {
      page = decide(address, pc);
      pages.put(address, page);
    }
    recent[slot] = page;
    return page;
  }

  private CodePage decide(long address, long pc) {
    if (aside.test(address)) {
      throw new MemoryFault(pc, MemoryFault.Access.EXECUTE, MemoryFault.Reason.ASIDE);
    }
    AddressSpace space = memory.get();
    space.fetch(pc & -4L); // a fault is one of this word, not of the page's first
    int[] words = new int[CodePage.WORDS];
    for (int i = 0; i < CodePage.WORDS; i++) {
      words[i] = space.fetch(address + i * 4L);
    }
    space.markCode(address);
    CodePage page =
        new CodePage(address, words, decisions.steps(address, words), profile != null, watched);
    page.changes = changes.getOrDefault(address, 0);
    if (profile != null) {
      profile.watch(page);
    }
    return page;
  }
}
