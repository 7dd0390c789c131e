package dev.axon64.system;

import dev.axon64.system.cpu.Core;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hooks by virtual addresses. */
final class CodeHooks {
  private record Range(long from, long to, CodeHook hook) {
    boolean contains(long address) {
      return address - from >= 0 && address - from < to - from;
    }
  }

  private final List<Range> ranges = new CopyOnWriteArrayList<>();

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  Runnable add(long from, long to, CodeHook hook) {
    Range range = new Range(from, to, hook);
    ranges.add(range);
    return () -> ranges.remove(range);
  }

  void reached(Core core) {
    for (Range range : ranges) {
      if (range.contains(core.cpu.pc)) {
        range.hook.reached(core);
      }
    }
  }
}
