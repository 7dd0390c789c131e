package dev.axon64.codegen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.WholePlan.Range;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholePlanTest {
  @ParameterizedTest
  @CsvSource({"-128,127,8", "-129,0,16", "0,128,16", "-32768,32767,16", "0,32768,32"})
  void takesTheNarrowestInteger(int least, int greatest, int bits) {
    assertEquals(bits, new Range(least, greatest).bits());
  }

  @ParameterizedTest
  @CsvSource({"a64", "kvrm7"})
  void hiddenLayersOfShippedModelsFitSixteenBits(String model) {
    Path folder = Path.of(System.getProperty("axon64.root"), "weights/models");
    Path weights = folder.resolve(model + ".npy");
    Network network = Models.select(null, folder.resolve(model + ".spec").toString(), weights);
    WholePlan whole = WholePlan.of(Lowering.lower(network)).orElseThrow();
    assertEquals(Short.SIZE, whole.bits(0));
    assertEquals(Short.SIZE, whole.bits(1));
  }

  @Test
  void someRandomPlansAreWhole() {
    long whole = new Random(1).longs(300).filter(seed -> planOf(seed).isPresent()).count();
    assertTrue(whole >= 10, whole + " of 300");
  }

  private static Optional<WholePlan> planOf(long seed) {
    return WholePlan.of(Lowering.lower(RandomNetwork.of(seed).network()));
  }

  /**
   * Every partial sum, its terms in random order, is within its range; the decision is the same.
   */
  @Property(tries = 500)
  void sumsStayInTheirRanges(@ForAll long seed) {
    RandomNetwork network = RandomNetwork.of(seed);
    WholePlan whole = WholePlan.of(Lowering.lower(network.network())).orElse(null);
    if (whole == null) {
      return;
    }
    ReferenceForward reference = new ReferenceForward(network.network());
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      int word = random.nextInt();
      long pc = random.nextLong();
      assertEquals(reference.kernel(word, pc), kernel(whole, word, pc, random), network.text());
    }
  }

  private static int kernel(WholePlan whole, int word, long pc, Random random) {
    DispatchSpec spec = whole.plan().spec();
    List<Integer> values = new ArrayList<>();
    for (var feature : spec.features()) {
      values.add(feature.field().map((BitField field) -> field.extract(word, pc)).orElse(0));
    }
    for (int l = 0; l < whole.layers().size(); l++) {
      PlannedLayer layer = whole.layers().get(l);
      List<Integer> next = new ArrayList<>();
      for (int u = 0; u < layer.units().size(); u++) {
        Unit unit = layer.units().get(u);
        int row = spec.index().extract(word, pc);
        float start = l == 0 ? whole.table().get(u)[row] : unit.bias();
        int sum = sum((int) start, unit, values, whole.sums().get(l).get(u), random);
        next.add(layer.activation() == Activation.RELU ? Math.max(0, sum) : sum);
      }
      values = next;
    }
    int code = Collections.max(values) & (1 << whole.packed().codeBits()) - 1;
    return spec.decision().lowestWins() ? spec.kernels().size() - 1 - code : code;
  }

  private static int sum(int start, Unit unit, List<Integer> values, Range range, Random random) {
    List<Term> terms = new ArrayList<>(unit.terms());
    Collections.shuffle(terms, random);
    int sum = start;
    check(sum, range);
    for (Term term : terms) {
      sum += (int) term.weight() * values.get(term.input());
      check(sum, range);
    }
    return sum;
  }

  private static void check(int sum, Range range) {
    assertTrue(sum >= range.least() && sum <= range.greatest(), sum + " outside " + range);
  }
}
