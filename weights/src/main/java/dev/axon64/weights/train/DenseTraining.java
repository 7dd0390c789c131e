package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.data.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains one of the fully connected architectures with Adam and cross-entropy on the same samples:
 * the baselines that the embedding is compared with. These read all bits of a word, so for the
 * complete domain the bits that decide nothing are filled at random, case by case.
 */
public final class DenseTraining implements Training {
  private static final int BATCH = 256;
  private static final float RATE = 0.003f;
  private static final float SECOND_DECAY = 0.999f;

  private final Examples training;
  private final Examples domain;
  private final int epochs;
  private final DenseNet net;
  private final Adam adam;
  private final boolean[] live;
  private final List<EpochRecord> history = new ArrayList<>();
  private SplitMix mix;

  /** Inputs by example, one after the other, and kernels. */
  private record Examples(float[] inputs, int[] labels) {
    static Examples of(Architecture architecture, int[] words, long[] pcs, int[] labels) {
      int width = architecture.inputs(0, 0).length;
      float[] inputs = new float[words.length * width];
      for (int i = 0; i < words.length; i++) {
        System.arraycopy(architecture.inputs(words[i], pcs[i]), 0, inputs, i * width, width);
      }
      return new Examples(inputs, labels);
    }
  }

  public DenseTraining(
      DispatchSpec spec,
      Architecture architecture,
      DataSet data,
      DecisionDomain domain,
      long seed,
      int epochs) {
    Columns samples = data.training();
    this.training = Examples.of(architecture, samples.words(), samples.pcs(), samples.labels());
    this.domain = filled(architecture, domain);
    this.epochs = epochs;
    this.net = new DenseNet(sizes(spec, architecture), architecture.tanh(), BATCH);
    this.adam = new Adam(net.weights.length, SECOND_DECAY);
    this.live = new boolean[net.weights.length];
    Arrays.fill(live, true);
    this.mix = SplitMix.of(seed, architecture.keyword());
    net.start(mix);
  }

  private static int[] sizes(DispatchSpec spec, Architecture architecture) {
    List<Integer> hidden = architecture.hidden();
    int[] sizes = new int[hidden.size() + 2];
    sizes[0] = architecture.inputs(0, 0).length;
    for (int l = 0; l < hidden.size(); l++) {
      sizes[l + 1] = hidden.get(l);
    }
    sizes[sizes.length - 1] = spec.kernels().size();
    return sizes;
  }

  private static Examples filled(Architecture architecture, DecisionDomain domain) {
    Columns cases = domain.columns();
    int[] words = new int[cases.size()];
    long[] pcs = new long[cases.size()];
    SplitMix mix = SplitMix.of(0, "fill");
    for (int c = 0; c < words.length; c++) {
      words[c] = cases.words()[c] | ((int) mix.next() & ~domain.mask());
      pcs[c] = mix.next() & ~3L;
    }
    return Examples.of(architecture, words, pcs, cases.labels());
  }

  /** Inputs, hidden units layer by layer, scores. */
  public int[] sizes() {
    return net.sizes();
  }

  /** The flat weights: layer after layer, matrix (outputs x inputs, row-major) then bias. */
  public float[] weights() {
    return net.weights.clone();
  }

  DenseNet net() {
    return net;
  }

  Adam adam() {
    return adam;
  }

  SplitMix random() {
    return mix;
  }

  /** Goes on from a checkpoint's random state and history; weights and moments are copied in. */
  void resume(long random, List<EpochRecord> before) {
    mix = new SplitMix(random);
    history.clear();
    history.addAll(before);
  }

  @Override
  public boolean finished() {
    return history.size() >= epochs;
  }

  @Override
  public boolean succeeded() {
    return finished();
  }

  @Override
  public List<EpochRecord> history() {
    return List.copyOf(history);
  }

  @Override
  public EpochRecord epoch() {
    int count = training.labels.length;
    float rate = RATE * (1 - 0.95f * history.size() / epochs);
    int[] chosen = new int[BATCH];
    double loss = 0;
    int batches = count / BATCH;
    for (int b = 0; b < batches; b++) {
      for (int i = 0; i < BATCH; i++) {
        chosen[i] = mix.below(count);
      }
      load(training, chosen, BATCH);
      loss += crossEntropy(net.forward(), chosen);
      net.backward();
      adam.nextStep();
      adam.update(net.weights, live, net.gradient, 0, net.weights.length, rate, 0);
    }
    int units = 0;
    for (int l = 1; l < net.sizes().length - 1; l++) {
      units += net.sizes()[l];
    }
    EpochRecord done =
        new EpochRecord(
            history.size() + 1,
            "train",
            loss / batches / BATCH,
            accuracy(domain),
            units,
            net.weights.length);
    history.add(done);
    return done;
  }

  /** Share of these words that the network has right. */
  public double accuracy(Architecture architecture, Columns examples) {
    return accuracy(Examples.of(architecture, examples.words(), examples.pcs(), examples.labels()));
  }

  private void load(Examples from, int[] chosen, int count) {
    float[][] inputs = net.inputs();
    for (int i = 0; i < count; i++) {
      int start = chosen[i] * inputs.length;
      for (int f = 0; f < inputs.length; f++) {
        inputs[f][i] = from.inputs[start + f];
      }
    }
  }

  /** Softmax cross-entropy, summed over the batch; fills the slopes. */
  private double crossEntropy(float[][] scores, int[] chosen) {
    float[][] slopes = net.scoreSlopes();
    double[] powers = new double[scores.length];
    double loss = 0;
    for (int i = 0; i < BATCH; i++) {
      int label = training.labels[chosen[i]];
      double greatest = Double.NEGATIVE_INFINITY;
      for (float[] score : scores) {
        greatest = Math.max(greatest, score[i]);
      }
      double sum = 0;
      for (int k = 0; k < powers.length; k++) {
        powers[k] = StrictMath.exp(scores[k][i] - greatest);
        sum += powers[k];
      }
      for (int k = 0; k < powers.length; k++) {
        slopes[k][i] = (float) (powers[k] / sum - (k == label ? 1 : 0));
      }
      loss += StrictMath.log(sum) - (scores[label][i] - greatest);
    }
    return loss;
  }

  private double accuracy(Examples examples) {
    int right = 0;
    int[] chosen = new int[BATCH];
    for (int start = 0; start < examples.labels.length; start += BATCH) {
      int count = Math.min(BATCH, examples.labels.length - start);
      for (int i = 0; i < count; i++) {
        chosen[i] = start + i;
      }
      load(examples, chosen, count);
      float[][] scores = net.forward();
      for (int i = 0; i < count; i++) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
          best = scores[k][i] > scores[best][i] ? k : best;
        }
        right += best == examples.labels[start + i] ? 1 : 0;
      }
    }
    return (double) right / examples.labels.length;
  }
}
