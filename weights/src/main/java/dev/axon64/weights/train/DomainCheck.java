package dev.axon64.weights.train;

import dev.axon64.weights.data.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network measured on every example of a set: how far the right kernel's score is above the best
 * other one.
 *
 * @param errors examples whose right kernel does not win alone; ties count
 * @param leastMargin smallest lead; negative where there are errors
 * @param shortfall sum over examples of how much of the wanted margin is missing
 * @param hard for each kernel that has any, the examples whose margin is under the wanted one
 */
record DomainCheck(int errors, float leastMargin, double shortfall, int[][] hard) {
  private static final int BLOCK = 1024;

  /** Examples whose lead is under this share of the wanted margin count as hard. */
  private static final float HARD = 0.9f;

  /** Examples cut into blocks of {@value #BLOCK}; the last one may repeat its last example. */
  record Blocks(Columns examples, List<Minibatch> batches) {
    static Blocks of(Columns examples) {
      List<Minibatch> batches = new ArrayList<>();
      for (int start = 0; start < examples.size(); start += BLOCK) {
        Minibatch batch = new Minibatch(BLOCK, examples.features().length);
        batch.putRange(examples, start);
        batches.add(batch);
      }
      return new Blocks(examples, List.copyOf(batches));
    }
  }

  static DomainCheck of(CompactNet net, Blocks blocks, float margin) {
    Columns examples = blocks.examples();
    Scan scan = new Scan(net, examples.size());
    Backprop pass = new Backprop(net, BLOCK);
    float[] effective = net.effective();
    for (int b = 0; b < blocks.batches().size(); b++) {
      Minibatch batch = blocks.batches().get(b);
      int start = b * BLOCK;
      float[][] scores = pass.forward(batch, effective);
      scan.block(batch, scores, start, Math.min(BLOCK, examples.size() - start), margin);
    }
    return scan.result(examples);
  }

  /** What is gathered from block to block. */
  private static final class Scan {
    private final int kernels;
    private final float[] right = new float[BLOCK];
    private final float[] other = new float[BLOCK];
    private final int[] hardExamples;
    private int hardCount;
    private int errors;
    private float least = Float.POSITIVE_INFINITY;
    private double shortfall;

    Scan(CompactNet net, int examples) {
      this.kernels = net.kernels;
      this.hardExamples = new int[examples];
    }

    void block(Minibatch batch, float[][] scores, int start, int count, float margin) {
      // The right score is taken out of the running, so that the loops below have no branch.
      for (int i = 0; i < BLOCK; i++) {
        float[] of = scores[batch.labels[i]];
        right[i] = of[i];
        of[i] = Float.NEGATIVE_INFINITY;
      }
      Arrays.fill(other, Float.NEGATIVE_INFINITY);
      for (int k = 0; k < kernels; k++) {
        float[] score = scores[k];
        for (int i = 0; i < BLOCK; i++) {
          other[i] = Math.max(other[i], score[i]);
        }
      }
      for (int i = 0; i < count; i++) {
        float lead = right[i] - other[i];
        if (lead < margin * HARD) {
          hardExamples[hardCount++] = start + i;
          shortfall += margin - lead;
          errors += lead > 0 ? 0 : 1;
        }
        least = Math.min(least, lead);
      }
    }

    DomainCheck result(Columns examples) {
      int[] counts = new int[kernels];
      for (int i = 0; i < hardCount; i++) {
        counts[examples.labels()[hardExamples[i]]]++;
      }
      int[][] byKernel = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
      for (int i = hardCount - 1; i >= 0; i--) {
        int kernel = examples.labels()[hardExamples[i]];
        byKernel[kernel][--counts[kernel]] = hardExamples[i];
      }
      int[][] present = Arrays.stream(byKernel).filter(h -> h.length > 0).toArray(int[][]::new);
      return new DomainCheck(errors, least, shortfall, present);
    }
  }
}
