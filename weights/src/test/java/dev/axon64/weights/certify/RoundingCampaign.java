package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Three-layer networks as a compiler with fast math would evaluate them: every multiply-add fused,
 * every division a multiplication by the rounded reciprocal; lanes are words. At the sweep's pc.
 */
final class RoundingCampaign {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int N = Sweep.CHUNK;

  private final Network network;
  private final DispatchSpec spec;
  private final float[][] inputs;
  private final float[][][] values;
  private final float[] rowStart;

  RoundingCampaign(Network network) {
    this.network = network;
    this.spec = network.spec();
    this.inputs = new float[spec.features().size()][N];
    this.values = new float[spec.layers().size()][][];
    for (int l = 0; l < values.length; l++) {
      values[l] = new float[spec.layers().get(l).outputs()][N];
    }
    this.rowStart = new float[spec.layers().get(0).outputs()];
  }

  /** The kernels of a chunk whose words all read the same row of the embedding. */
  void kernels(int[] words, int[] kernels) {
    readInputs(words);
    startOfRow(spec.index().extract(words[0], Sweep.REFERENCE_PC));
    for (int u = 0; u < rowStart.length; u++) {
      firstLayer(u);
    }
    for (int l = 1; l < values.length; l++) {
      for (int u = 0; u < values[l].length; u++) {
        laterLayer(l, u, l < values.length - 1);
      }
    }
    decide(kernels);
  }

  private void readInputs(int[] words) {
    for (int f = 0; f < inputs.length; f++) {
      if (spec.features().get(f) instanceof Feature.Scaled scaled && !PcReach.isOfPc(scaled)) {
        BitField bits = scaled.bits();
        float reciprocal = 1 / scaled.divisor();
        for (int i = 0; i < N; i++) {
          inputs[f][i] = (words[i] >>> bits.low() & bits.mask()) * reciprocal;
        }
      }
    }
  }

  private void startOfRow(int row) {
    for (int u = 0; u < rowStart.length; u++) {
      float sum = network.bias(0, u);
      for (int c = 0; c < spec.embeddingWidth(); c++) {
        sum = Math.fma(network.weight(0, u, c), network.embedding(row, c), sum);
      }
      rowStart[u] = sum;
    }
  }

  private void firstLayer(int u) {
    for (int i = 0; i < N; i += F.length()) {
      FloatVector sum = FloatVector.broadcast(F, rowStart[u]);
      for (int f = 0; f < inputs.length; f++) {
        float weight = network.weight(0, u, spec.embeddingWidth() + f);
        sum = FloatVector.fromArray(F, inputs[f], i).fma(FloatVector.broadcast(F, weight), sum);
      }
      sum.max(0).intoArray(values[0][u], i);
    }
  }

  private void laterLayer(int l, int u, boolean rectified) {
    for (int i = 0; i < N; i += F.length()) {
      FloatVector sum = FloatVector.broadcast(F, network.bias(l, u));
      for (int in = 0; in < values[l - 1].length; in++) {
        FloatVector weight = FloatVector.broadcast(F, network.weight(l, u, in));
        sum = FloatVector.fromArray(F, values[l - 1][in], i).fma(weight, sum);
      }
      (rectified ? sum.max(0) : sum).intoArray(values[l][u], i);
    }
  }

  private void decide(int[] kernels) {
    float[][] scores = values[values.length - 1];
    for (int i = 0; i < N; i += F.length()) {
      FloatVector top = FloatVector.broadcast(F, spec.decision().floor());
      IntVector kernel = IntVector.zero(I);
      for (int k = 0; k < scores.length; k++) {
        FloatVector score = FloatVector.fromArray(F, scores[k], i);
        kernel = kernel.blend(k, score.compare(VectorOperators.GT, top).cast(I));
        top = top.max(score);
      }
      kernel.intoArray(kernels, i);
    }
  }
}
