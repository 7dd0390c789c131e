package dev.axon64.codegen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactnessTest {
  @ParameterizedTest
  @CsvSource({"1,0", "0.5,-1", "-0.375,-3", "96,5", "1.4E-45,-149", "3.0517578E-5,-15"})
  void findsTheGrid(float value, int exponent) {
    assertEquals(exponent, Exactness.gridExponent(value));
  }

  @Test
  void aDivisorThatIsNoPowerOfTwoIsInexact() {
    DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL);
    Exactness proof = Exactness.of(Network.of(spec, new float[spec.parameters()], "zeros"));
    assertFalse(proof.exact());
    assertTrue(proof.reason().contains("word[3:0] / 15"), proof.reason());
  }

  @Test
  void sumsThatNeedOver24BitsAreInexact() {
    DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL.replace(" / 15", ""));
    float[] weights = new float[spec.parameters()];
    weights[spec.tensor("one.bias").offset()] = 1 << 22;
    weights[spec.tensor("one.weight").offset()] = 0.5f;
    weights[0] = 1;
    assertTrue(Exactness.of(Network.of(spec, weights, "fits")).exact());
    weights[0] = 0.25f;
    Exactness proof = Exactness.of(Network.of(spec, weights, "does not"));
    assertFalse(proof.exact());
    assertTrue(proof.reason().contains("layer one needs 26 bits at unit 0"), proof.reason());
  }

  /** Where the proof holds, exact rational arithmetic gives the reference's scores. */
  @Property(tries = 300)
  void provenSumsAreExact(@ForAll long seed) {
    Network network = RandomNetwork.of(seed).network();
    if (!Exactness.of(network).exact()) {
      return;
    }
    SplittableRandom random = new SplittableRandom(seed);
    ReferenceForward forward = new ReferenceForward(network);
    for (int i = 0; i < 10; i++) {
      int word = random.nextInt();
      long pc = random.nextLong();
      float[] scores = forward.scores(word, pc);
      BigDecimal[] exact = rational(network, word, pc);
      for (int k = 0; k < scores.length; k++) {
        assertEquals(0, exact[k].compareTo(new BigDecimal(scores[k])), "seed " + seed);
      }
    }
  }

  private static BigDecimal[] rational(Network network, int word, long pc) {
    DispatchSpec spec = network.spec();
    BigDecimal[] in = new BigDecimal[spec.embeddingWidth() + spec.features().size()];
    int row = spec.index().extract(word, pc);
    for (int c = 0; c < in.length; c++) {
      int f = c - spec.embeddingWidth();
      in[c] =
          new BigDecimal(
              f < 0 ? network.embedding(row, c) : spec.features().get(f).value(word, pc));
    }
    for (int l = 0; l < spec.layers().size(); l++) {
      BigDecimal[] out = new BigDecimal[spec.layers().get(l).outputs()];
      boolean relu = spec.layers().get(l).activation().name().equals("RELU");
      for (int o = 0; o < out.length; o++) {
        out[o] = new BigDecimal(network.bias(l, o));
        for (int i = 0; i < in.length; i++) {
          out[o] = out[o].add(new BigDecimal(network.weight(l, o, i)).multiply(in[i]));
        }
        out[o] = relu ? out[o].max(BigDecimal.ZERO) : out[o];
      }
      in = out;
    }
    return in;
  }
}
