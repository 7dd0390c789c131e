package dev.axon64.codegen.network;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.Source;
import dev.axon64.codegen.network.spec.TensorSlot;
import dev.axon64.codegen.support.InputException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A dispatch spec with its weights. Immutable; weights are finite and sums cannot overflow. A
 * shipped one is read when somebody asks for what it holds: who knows by its name what was
 * generated from it need not wait for that.
 */
public final class Network {
  private final Optional<String> shippedName;
  private final Supplier<Contents> reading;
  private Contents contents;

  /** What a network holds, and where in the flat vector its parts begin. */
  private record Contents(
      DispatchSpec spec,
      float[] weights,
      int[] weightOffset,
      int[] biasOffset,
      int embeddingOffset) {
    static Contents of(DispatchSpec spec, float[] weights) {
      int layers = spec.layers().size();
      int[] weightOffset = new int[layers];
      int[] biasOffset = new int[layers];
      for (int l = 0; l < layers; l++) {
        weightOffset[l] = spec.tensor(spec.layers().get(l).name() + ".weight").offset();
        biasOffset[l] = spec.tensor(spec.layers().get(l).name() + ".bias").offset();
      }
      int embedding = spec.tensor(DispatchSpec.EMBEDDING).offset();
      return new Contents(spec, weights, weightOffset, biasOffset, embedding);
    }
  }

  private Network(Optional<String> shippedName, Supplier<Contents> reading) {
    this.shippedName = shippedName;
    this.reading = reading;
  }

  /** A network that comes with Axon64, to be read when it is needed. */
  static Network shipped(String name, Supplier<Network> read) {
    return new Network(Optional.of(name), () -> read.get().contents());
  }

  /** Without a lock, which every weight would pay for; contents are immutable, so that is safe. */
  private Contents contents() {
    Contents known = contents;
    return known != null ? known : read();
  }

  private synchronized Contents read() {
    if (contents == null) {
      contents = reading.get();
    }
    return contents;
  }

  /** The name of the shipped model that this is; empty for all others. */
  public Optional<String> shippedName() {
    return shippedName;
  }

  /**
   * @param spec gives the shapes
   * @param weights the flat vector, {@link DispatchSpec#parameters()} float32; copied
   * @param where what messages call the weights
   * @throws InputException on a wrong count, a NaN or infinity, or sums that could overflow float32
   */
  public static Network of(DispatchSpec spec, float[] weights, String where) {
    if (weights.length != spec.parameters()) {
      throw new InputException(
          where,
          "holds "
              + weights.length
              + " float32; spec '"
              + spec.name()
              + "' needs "
              + spec.parameters()
              + ": give the weights of that model, or its spec");
    }
    for (TensorSlot slot : spec.tensors()) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        if (!Float.isFinite(weights[i])) {
          throw new InputException(
              where,
              "tensor '"
                  + slot.name()
                  + "' has "
                  + weights[i]
                  + " at "
                  + (i - slot.offset())
                  + "; weights must be finite, so train or export again");
        }
      }
    }
    Contents contents = Contents.of(spec, weights.clone());
    Network network = new Network(Optional.empty(), () -> contents);
    network.refuseOverflow(where);
    return network;
  }

  /** Shapes and meaning. */
  public DispatchSpec spec() {
    return contents().spec();
  }

  /** A copy of the flat vector. */
  public float[] weights() {
    return contents().weights().clone();
  }

  /** Value {@code column} of the embedding's row {@code row}. */
  public float embedding(int row, int column) {
    Contents all = contents();
    return all.weights[all.embeddingOffset + row * all.spec.embeddingWidth() + column];
  }

  /** The weight from input {@code in} to unit {@code out} of layer {@code layer}. */
  public float weight(int layer, int out, int in) {
    Contents all = contents();
    return all.weights[all.weightOffset[layer] + out * all.spec.layers().get(layer).inputs() + in];
  }

  /** The bias of unit {@code out} of layer {@code layer}. */
  public float bias(int layer, int out) {
    Contents all = contents();
    return all.weights[all.biasOffset[layer] + out];
  }

  /** Offset of that layer's matrix in the flat vector. */
  public int weightOffset(int layer) {
    return contents().weightOffset[layer];
  }

  /** Offset of that layer's bias in the flat vector. */
  public int biasOffset(int layer) {
    return contents().biasOffset[layer];
  }

  /** Offset of the embedding in the flat vector. */
  public int embeddingOffset() {
    return contents().embeddingOffset;
  }

  /**
   * Whether no bit of the pc can reach a score: it does not select the embedding's row, and each
   * weight of a feature of the pc is zero. Then an answer for a word holds at every address.
   */
  public boolean ignoresPc() {
    DispatchSpec spec = spec();
    if (spec.index().source() == Source.PC) {
      return false;
    }
    for (int f = 0; f < spec.features().size(); f++) {
      boolean ofPc =
          spec.features().get(f).field().map(field -> field.source() == Source.PC).orElse(false);
      for (int out = 0; ofPc && out < spec.layers().getFirst().outputs(); out++) {
        if (weight(0, out, spec.embeddingWidth() + f) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Bounds |sum| by sums of absolute values, layer by layer, in double. */
  private void refuseOverflow(String where) {
    DispatchSpec spec = spec();
    int width = spec.embeddingWidth();
    double[] input = new double[width + spec.features().size()];
    for (int row = 0; row < spec.embeddingRows(); row++) {
      for (int c = 0; c < width; c++) {
        input[c] = Math.max(input[c], Math.abs(embedding(row, c)));
      }
    }
    for (int f = 0; f < spec.features().size(); f++) {
      Feature feature = spec.features().get(f);
      input[width + f] = Math.abs(feature.greatest());
    }
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      double[] output = new double[layer.outputs()];
      for (int o = 0; o < output.length; o++) {
        output[o] = Math.abs(bias(l, o));
        for (int i = 0; i < input.length; i++) {
          output[o] += Math.abs(weight(l, o, i)) * input[i];
        }
        if (output[o] > Float.MAX_VALUE / 2) {
          throw new InputException(
              where,
              "layer '"
                  + layer.name()
                  + "' could overflow float32 at unit "
                  + o
                  + "; such weights decide nothing, so train or export again");
        }
      }
      input = output;
    }
  }
}
