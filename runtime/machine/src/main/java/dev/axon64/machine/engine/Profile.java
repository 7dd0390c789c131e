package dev.axon64.machine.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How often each word was executed, by the kernel that executed it. */
public final class Profile {
  /**
   * What has its own count.
   *
   * @param kernel the network's answer
   */
  public record Key(int word, int kernel) {}

  /** Counters, in arrays of one so that they can be changed in place. */
  private final Map<Key, long[]> counts = new HashMap<>();

  private final Map<Integer, long[]> applied = new HashMap<>();
  private final Set<CodePage> pages = new HashSet<>();
  private final Set<PageDecisions> decisions = new HashSet<>();
  private long evaluations;

  /** Adds executions. */
  void add(int word, int kernel, long count) {
    counts.computeIfAbsent(new Key(word, kernel), key -> new long[1])[0] += count;
  }

  /**
   * Adds executions of instructions that were applied at once, under the kernels that executed them
   * before.
   */
  public void applied(int[] words, long count) {
    for (int word : words) {
      applied.computeIfAbsent(word, key -> new long[1])[0] += count;
    }
  }

  /** Includes a page's counts. */
  void watch(CodePage page) {
    pages.add(page);
  }

  /** Includes the words that the network has decided for pages. */
  void watch(PageDecisions made) {
    decisions.add(made);
  }

  /** Adds up the counts of a page that is not executed any more. */
  void retire(CodePage page) {
    if (pages.remove(page)) {
      add(page);
    }
  }

  private void add(CodePage page) {
    for (int i = 0; i < CodePage.WORDS; i++) {
      if (page.executions[i] != 0) {
        add(page.words[i], CodePage.kernel(page.steps[i]), page.executions[i]);
        page.executions[i] = 0;
      }
    }
  }

  /** Adds words that the network has decided. */
  void evaluated(long words) {
    evaluations += words;
  }

  /** All counts. */
  public Map<Key, Long> counts() {
    pages.forEach(this::add);
    Map<Key, Long> all = new HashMap<>();
    counts.forEach(
        (key, count) -> {
          long[] more = applied.get(key.word());
          all.put(key, count[0] + (more == null ? 0 : more[0]));
        });
    return all;
  }

  /** The number of words that the network has decided. */
  public long evaluations() {
    return evaluations + decisions.stream().mapToLong(PageDecisions::evaluations).sum();
  }
}
