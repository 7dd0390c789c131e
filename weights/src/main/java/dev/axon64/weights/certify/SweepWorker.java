package dev.axon64.weights.certify;

import dev.axon64.codegen.dispatch.MarginDispatcher;
import java.util.Arrays;

/**
 * One thread's part of a sweep: asks the generated code, then books the answers block by block. A
 * block is of one encoding group, so where the answers and margins of a block are all alike it is
 * booked at once. Allocates nothing per chunk.
 */
final class SweepWorker {
  private final Sweep sweep;
  private final MarginDispatcher dispatcher;
  private final SweepCounts counts;
  private final WordBounds wordBounds;
  private final BlockPc blockPc;
  private final boolean oneRow;
  private final int mapMask;
  private final int[] words = new int[Sweep.CHUNK];
  private final long[] pcs = new long[Sweep.CHUNK];
  private final int[] kernels = new int[Sweep.CHUNK];
  private final int[] kernelsBesideMargins = new int[Sweep.CHUNK];
  private final float[] margins = new float[Sweep.CHUNK];
  private final long[][] probePcs;
  private final int[][] probed;

  SweepWorker(Sweep sweep, SweepCounts counts) {
    this.sweep = sweep;
    this.counts = counts;
    this.dispatcher = sweep.dispatcher();
    this.wordBounds = new WordBounds(sweep.network);
    this.blockPc = new BlockPc(sweep);
    this.oneRow = sweep.oneRowPerBlock();
    this.mapMask = sweep.map.mask();
    Arrays.fill(pcs, Sweep.REFERENCE_PC);
    this.probePcs = new long[sweep.probes.length][Sweep.CHUNK];
    this.probed = new int[sweep.probes.length][Sweep.CHUNK];
    for (int p = 0; p < probePcs.length; p++) {
      Arrays.fill(probePcs[p], sweep.probes[p]);
    }
  }

  /** Sweeps from {@code from}, a multiple of the chunk, up to {@code to}. */
  void sweep(long from, long to) {
    for (long at = from; at < to; at += Sweep.CHUNK) {
      int n = (int) Math.min(Sweep.CHUNK, to - at);
      for (int i = 0; i < n; i++) {
        words[i] = (int) at + i;
      }
      dispatcher.kernels(words, pcs, kernels, 0, n);
      dispatcher.kernelsWithMargins(words, pcs, kernelsBesideMargins, margins, 0, n);
      for (int b = 0; b < n; b += sweep.block) {
        book(b, Math.min(n, b + sweep.block));
      }
      counts.words += n;
      if (!sweep.pc.isEmpty()) {
        probe(n);
      }
    }
  }

  private void book(int from, int to) {
    int different = 0;
    int disagreement = kernels[from] ^ dispatcher.kernel(words[from], Sweep.REFERENCE_PC);
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = from; i < to; i++) {
      // Margins are not negative, so their patterns are in the order of their values.
      int pattern = Float.floatToRawIntBits(margins[i]);
      different |= kernels[i] ^ kernels[from];
      disagreement |= kernels[i] ^ kernelsBesideMargins[i];
      least = Math.min(least, pattern);
      most = Math.max(most, pattern);
    }
    if (disagreement != 0) {
      bookDisagreements(from, to);
    }
    bookKernels(from, to, different == 0);
    bookMargins(from, to, least, least == most);
    bookLimits(from, to, Float.intBitsToFloat(least));
  }

  private void bookDisagreements(int from, int to) {
    for (int i = from; i < to; i++) {
      boolean alone = dispatcher.kernel(words[i], Sweep.REFERENCE_PC) == kernels[i];
      counts.disagreements += alone && kernels[i] == kernelsBesideMargins[i] ? 0 : 1;
    }
  }

  private void bookKernels(int from, int to, boolean alike) {
    int word = words[from];
    int group = sweep.group(word) * counts.kernels;
    int cell = EncodingMap.cell(word, mapMask) * counts.kernels;
    if (alike) {
      counts.groups[group + kernels[from]] += to - from;
      counts.cells[cell + kernels[from]] += to - from;
      return;
    }
    for (int i = from; i < to; i++) {
      counts.groups[group + kernels[i]]++;
      counts.cells[cell + kernels[i]]++;
    }
  }

  private void bookMargins(int from, int to, int least, boolean alike) {
    float smallest = Float.intBitsToFloat(least);
    if (counts.smallestMarginWord < 0 || smallest <= counts.smallestMargin) {
      counts.margin(smallest, Integer.toUnsignedLong(words[firstWith(least, from)]));
    }
    if (alike) {
      counts.margins[least >>> SweepCounts.BIN_SHIFT] += to - from;
      counts.ties += least == 0 ? to - from : 0;
      return;
    }
    for (int i = from; i < to; i++) {
      counts.margins[Float.floatToRawIntBits(margins[i]) >>> SweepCounts.BIN_SHIFT]++;
    }
    if (least == 0) {
      for (int i = from; i < to; i++) {
        counts.ties += margins[i] == 0 ? 1 : 0;
      }
    }
  }

  private int firstWith(int pattern, int from) {
    int i = from;
    while (Float.floatToRawIntBits(margins[i]) != pattern) {
      i++;
    }
    return i;
  }

  private void bookLimits(int from, int to, float smallest) {
    if (mayReach(sweep.rounding, from, smallest)) {
      for (int i = from; i < to; i++) {
        int row = row(i);
        if (sweep.rounding.reaches(row, kernels[i], margins[i])) {
          counts.orderUnsafeByRow++;
          counts.orderUnsafe += wordBounds.reaches(words[i], kernels[i], margins[i]) ? 1 : 0;
        }
      }
    }
    if (mayReach(sweep.pc, from, smallest)) {
      blockPc.prepare(words[from], words[to - 1]);
      for (int i = from; i < to; i++) {
        boolean open = sweep.pc.reaches(row(i), kernels[i], margins[i]);
        counts.pcUnproven += open && blockPc.reaches(kernels[i], margins[i]) ? 1 : 0;
      }
    }
  }

  private boolean mayReach(Limits limits, int at, float margin) {
    return limits.mayReach(margin) && (!oneRow || limits.mayReach(row(at), margin));
  }

  private int row(int i) {
    return sweep.spec.index().extract(words[i], Sweep.REFERENCE_PC);
  }

  private void probe(int n) {
    for (int p = 0; p < probed.length; p++) {
      dispatcher.kernels(words, probePcs[p], probed[p], 0, n);
    }
    for (int i = 0; i < n; i++) {
      int different = 0;
      for (int[] answers : probed) {
        different |= answers[i] ^ kernels[i];
      }
      counts.pcChanged += different != 0 ? 1 : 0;
    }
  }
}
