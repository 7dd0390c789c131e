package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.math.BigDecimal;
import java.math.MathContext;

/** A network in real arithmetic: 60 digits, of which float32 inputs need far fewer. */
final class RealScores {
  private static final MathContext DIGITS = new MathContext(60);

  private RealScores() {}

  static BigDecimal[] of(Network network, int word, long pc) {
    DispatchSpec spec = network.spec();
    BigDecimal[] values = inputs(network, word, pc);
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      BigDecimal[] out = new BigDecimal[layer.outputs()];
      for (int u = 0; u < out.length; u++) {
        BigDecimal sum = new BigDecimal(network.bias(l, u));
        for (int i = 0; i < values.length; i++) {
          BigDecimal weight = new BigDecimal(network.weight(l, u, i));
          sum = sum.add(weight.multiply(values[i], DIGITS), DIGITS);
        }
        out[u] = layer.activation() == Activation.RELU ? sum.max(BigDecimal.ZERO) : sum;
      }
      values = out;
    }
    return values;
  }

  private static BigDecimal[] inputs(Network network, int word, long pc) {
    DispatchSpec spec = network.spec();
    BigDecimal[] values = new BigDecimal[spec.embeddingWidth() + spec.features().size()];
    int row = spec.index().extract(word, pc);
    for (int c = 0; c < spec.embeddingWidth(); c++) {
      values[c] = new BigDecimal(network.embedding(row, c));
    }
    for (int f = 0; f < spec.features().size(); f++) {
      values[spec.embeddingWidth() + f] =
          switch (spec.features().get(f)) {
            case Feature.Constant c -> new BigDecimal(c.constant());
            case Feature.Scaled s ->
                new BigDecimal(s.bits().extract(word, pc))
                    .divide(new BigDecimal(s.divisor()), DIGITS);
          };
    }
    return values;
  }
}
