package dev.axon64.propose.companion.record;

import dev.axon64.propose.companion.AccessWindow;
import dev.axon64.propose.companion.OracleFeatures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Records what came after windows of accesses: which of the oracle's candidates were accessed soon.
 * Where there are too many windows, every second one is dropped, and so on.
 */
public final class AccessRecorder {
  /** Events that count as soon. */
  public static final int SOON = 128;

  private static final class Pending {
    private final float[] row = new float[AccessSample.COLUMNS];
    private final long[] blocks = new long[OracleFeatures.CANDIDATES];
    private int left = SOON;
  }

  private final int most;
  private final AccessWindow window;
  private final long[] candidates = new long[OracleFeatures.CANDIDATES];
  private final Deque<Pending> pending = new ArrayDeque<>();
  private List<float[]> rows = new ArrayList<>();
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
      for (int i = 0; i < each.blocks.length; i++) {
        if (each.blocks[i] == block) {
          AccessSample.hit(each.row, i, SOON - each.left);
        }
      }
      each.left--;
    }
    while (!pending.isEmpty() && pending.peek().left == 0) {
      keep(pending.remove().row);
    }
    return true;
  }

  private void keep(float[] row) {
    rows.add(row);
    if (rows.size() == most) {
      List<float[]> half = new ArrayList<>();
      for (int i = 0; i < rows.size(); i += 2) {
        half.add(rows.get(i));
      }
      rows = half;
      every *= 2;
    }
  }

  /** The block accessed last was missing: a place where the oracle would be asked. */
  public void want() {
    if (wanted++ % every != 0 || window.events() < 2) {
      return;
    }
    Pending next = new Pending();
    OracleFeatures.write(window, next.row, 0);
    OracleFeatures.candidates(window, candidates);
    Arrays.fill(next.row, OracleFeatures.WINDOW, AccessSample.COLUMNS, 0);
    for (int i = 0; i < candidates.length; i++) {
      next.blocks[i] = candidates[i] == 0 ? Long.MIN_VALUE : window.block(0) + candidates[i];
      AccessSample.candidate(next.row, i, candidates[i] != 0);
    }
    pending.add(next);
  }

  /** What was recorded so far. */
  public List<float[]> rows() {
    return List.copyOf(rows);
  }
}
