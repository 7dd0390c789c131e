package dev.axon64.machine.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the branches of a page have led, as far as anybody recorded it. The thread of the guest
 * records it, and the one that translates reads it.
 */
final class Jumps {
  /** Addresses that are remembered of a branch. */
  private static final int MOST = 64;

  private final Map<Long, Map<Long, Integer>> seen = new ConcurrentHashMap<>();

  void record(long branch, long target) {
    Map<Long, Integer> targets = seen.computeIfAbsent(branch, b -> new ConcurrentHashMap<>());
    if (targets.size() < MOST || targets.containsKey(target)) {
      targets.merge(target, 1, Integer::sum);
    }
  }

  /** Where a branch has led, the most frequent first. */
  List<Long> of(long branch) {
    return seen.getOrDefault(branch, Map.of()).entrySet().stream()
        .sorted(
            Map.Entry.<Long, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
