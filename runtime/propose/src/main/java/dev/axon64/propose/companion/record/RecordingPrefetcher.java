package dev.axon64.propose.companion.record;

import dev.axon64.machine.memory.Prefetcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Fetches nothing, and records what the memory oracle learns from: lines where the first level
 * misses, and pages where one is accessed for the first time.
 */
public final class RecordingPrefetcher implements Prefetcher {
  private static final int PAGE_SHIFT = 12;
  private static final int LINE_SHIFT = 6;

  private final AccessRecorder lines;
  private final AccessRecorder pages;
  private final Set<Long> seen = new HashSet<>();

  /**
   * @param most windows kept of each kind
   */
  public RecordingPrefetcher(int most) {
    this.lines = new AccessRecorder(LINE_SHIFT, most);
    this.pages = new AccessRecorder(PAGE_SHIFT, most / 4);
  }

  @Override
  public String name() {
    return "recorder";
  }

  @Override
  public void touch(long pc, long address, int size, boolean write) {
    lines.add(pc, address, size, write);
    if (pages.add(pc, address, size, write) && seen.add(address >> PAGE_SHIFT)) {
      pages.want();
    }
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {
    if (useful) {
      lines.want();
    }
  }

  /** What was recorded, lines before pages. */
  public List<AccessSample> samples() {
    List<AccessSample> all = new ArrayList<>(lines.samples());
    all.addAll(pages.samples());
    return all;
  }
}
