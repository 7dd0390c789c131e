package dev.axon64.propose.companion.record;

import dev.axon64.propose.companion.AccessWindow;
import dev.axon64.propose.companion.OracleFeatures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Records what came after windows of accesses: which of the oracle's candidates were accessed soon.
 * When there are too many windows, every second one is dropped, again and again.
 */
public final class AccessRecorder {
  /** Events that count as soon. */
  public static final int SOON = 128;

  /** A window whose future is not known yet. */
  private static final class Pending {
    private final AccessSample sample =
        new AccessSample(
            new float[OracleFeatures.WINDOW],
            new int[OracleFeatures.CANDIDATES],
            new int[OracleFeatures.CANDIDATES]);
    private final long[] blocks = new long[OracleFeatures.CANDIDATES];
    private int left = SOON;

    void accessed(long block) {
      for (int i = 0; i < blocks.length; i++) {
        if (blocks[i] == block && sample.hits()[i] == AccessSample.MISSED) {
          sample.hits()[i] = AccessSample.HIT;
          sample.times()[i] = SOON - left;
        }
      }
      left--;
    }
  }

  private final int most;
  private final AccessWindow window;
  private final long[] candidates = new long[OracleFeatures.CANDIDATES];
  private final Deque<Pending> pending = new ArrayDeque<>();
  private List<AccessSample> samples = new ArrayList<>();
  private long wanted;
  private long every = 1;

  /**
   * @param blockShift a block's size as a power of two
   * @param most windows kept
   */
  public AccessRecorder(int blockShift, int most) {
    this.window = new AccessWindow(blockShift);
    this.most = most;
  }

  /**
   * An access.
   *
   * @return whether its block is another than the last one's: whether {@link #want} may be called
   */
  public boolean add(long pc, long address, int size, boolean write) {
    if (!window.add(pc, address, size, write)) {
      return false;
    }
    long block = window.block(0);
    for (Pending each : pending) {
      each.accessed(block);
    }
    while (!pending.isEmpty() && pending.peek().left == 0) {
      keep(pending.remove().sample);
    }
    return true;
  }

  private void keep(AccessSample sample) {
    samples.add(sample);
    if (samples.size() == most) {
      List<AccessSample> half = new ArrayList<>();
      for (int i = 0; i < samples.size(); i += 2) {
        half.add(samples.get(i));
      }
      samples = half;
      every *= 2;
    }
  }

  /** Says that the block accessed last was missing: the oracle would be asked here. */
  public void want() {
    if (wanted++ % every != 0 || window.events() < 2) {
      return;
    }
    Pending next = new Pending();
    OracleFeatures.write(window, next.sample.features(), 0);
    OracleFeatures.candidates(window, candidates);
    for (int i = 0; i < candidates.length; i++) {
      boolean none = candidates[i] == 0;
      next.blocks[i] = none ? Long.MIN_VALUE : window.block(0) + candidates[i];
      next.sample.hits()[i] = none ? AccessSample.NONE : AccessSample.MISSED;
    }
    pending.add(next);
  }

  /** What was recorded so far. */
  public List<AccessSample> samples() {
    return List.copyOf(samples);
  }
}
