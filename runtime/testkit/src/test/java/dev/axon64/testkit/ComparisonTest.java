package dev.axon64.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final DispatchSpec SPEC = Models.spec("a64");

  @Provide
  Arbitrary<SpecCase> specs() {
    return Specs.any();
  }

  /** The front end, held to whole numbers by the arbitrary that users have. */
  @Property(tries = 2_000)
  void theFrontEndMeansWhatTheTextSays(@ForAll("specs") SpecCase one) {
    assertEquals(one.expected(), one.evaluated());
  }

  /** A reader of specs that takes every arithmetic shift for a logical one. */
  @Test
  void aBugInAReaderShrinksToOneShift() {
    Comparison<SpecCase> comparison =
        new Comparison<>(
            "whole numbers",
            one -> Long.toHexString(one.expected()),
            "mine",
            one -> Long.toHexString(logical(one).evaluated()));
    for (long seed = 0; seed < 20; seed++) {
      Difference<SpecCase> found = comparison.search(Specs.any(), 2_000, seed).orElseThrow();
      String text = found.smallest().text();
      assertTrue(text.contains("asr("), text);
      assertTrue(found.smallest().expression().size() <= 7, text);
      assertTrue(Long.bitCount(found.smallest().n()) + Long.bitCount(found.smallest().m()) <= 2);
      assertNotEquals(found.left(), found.right());
      assertTrue(found.report().contains("whole numbers  " + found.left()), found::report);
      assertTrue(found.report().contains("mine           " + found.right()), found::report);
    }
  }

  private static SpecCase logical(SpecCase one) {
    return new SpecCase(logical(one.expression()), one.n(), one.m());
  }

  private static Expression logical(Expression one) {
    Expression same = one.again().apply(one.parts().stream().map(ComparisonTest::logical).toList());
    return same.text().startsWith("asr(")
        ? Expression.shift("lsr", same.parts().getFirst(), by(same.text()))
        : same;
  }

  private static int by(String text) {
    return Integer.parseInt(text.substring(text.lastIndexOf(", ") + 2, text.length() - 1));
  }

  @Provide
  Arbitrary<Decision> decisions() {
    return Weights.of(SPEC);
  }

  @Property(tries = 20)
  void theLoaderAcceptsRandomWeights(@ForAll("decisions") Decision one) {
    int kernel = one.expected();
    assertTrue(kernel >= 0 && kernel < SPEC.kernels().size(), one::toString);
  }

  /** An executor that leaves out a bias shrinks to that bias, and to a word without a bit. */
  @Test
  void aBugInAnExecutorShrinksToOneWeight() {
    int bias = SPEC.tensors().getLast().offset();
    Comparison<Decision> comparison =
        new Comparison<>("reference", Decision::expected, "mine", one -> forgetful(one, bias));
    Difference<Decision> found = comparison.search(Weights.of(SPEC), 500, 1).orElseThrow();
    float[] weights = found.smallest().network().weights();
    int[] left = indices(weights, new float[weights.length]);
    assertTrue(left.length <= 2, found::report);
    assertTrue(weights[bias] != 0, found::report);
    assertEquals(0, found.smallest().word());
    assertEquals(0, found.smallest().pc());
    assertTrue(found.report().contains(SPEC.tensors().getLast().name() + "[0] = "), found::report);
    assertTrue(found.report().contains("reference  " + found.left()), found::report);
  }

  private static int forgetful(Decision one, int weight) {
    float[] weights = one.network().weights();
    weights[weight] = 0;
    Network without = Network.of(one.network().spec(), weights, "forgetful");
    return new ReferenceForward(without).kernel(one.word(), one.pc());
  }

  private static int[] indices(float[] weights, float[] from) {
    return java.util.stream.IntStream.range(0, weights.length)
        .filter(i -> weights[i] != from[i])
        .toArray();
  }

  /** Changed weights shrink to the change that matters. */
  @Test
  void aChangeOfANetworkShrinksToOneWeight() {
    Network shipped = Models.shipped("a64");
    Comparison<Decision> comparison =
        new Comparison<>(
            "shipped",
            one -> new ReferenceForward(shipped).kernel(one.word(), one.pc()),
            "changed",
            Decision::expected);
    Difference<Decision> found =
        comparison.search(Weights.near(shipped, 40), 2_000, 3).orElseThrow();
    float[] weights = found.smallest().network().weights();
    assertTrue(indices(weights, shipped.weights()).length <= 3, found::report);
  }

  /** Also if the one weight that is drawn is to be changed by 0, or two times. */
  @Test
  void nearWeightsAreChanged() {
    float[] shipped = Models.shipped("a64").weights();
    java.util.Random random = new java.util.Random(7);
    for (int most : new int[] {1, 2, 40}) {
      var generator = Weights.near(Models.shipped("a64"), most).generator(1000);
      for (int i = 0; i < 300; i++) {
        int changed = indices(generator.next(random).value().network().weights(), shipped).length;
        assertTrue(1 <= changed && changed <= most, changed + " of " + most);
      }
    }
  }

  /** Not by their texts: arrays have one of their own each, unlike things may have the same. */
  @Test
  void answersAreComparedByWhatTheyHold() {
    Comparison<SpecCase> arrays =
        new Comparison<>("a", one -> new long[] {one.n()}, "b", one -> new long[] {one.n()});
    assertEquals(Optional.empty(), arrays.search(Specs.any(), 50, 1));
    Comparison<SpecCase> unlike =
        new Comparison<>("a", one -> new int[] {1}, "b", one -> new int[] {2});
    Difference<SpecCase> found = unlike.search(Specs.any(), 1, 1).orElseThrow();
    assertEquals("[1] [2]", found.left() + " " + found.right());
    Comparison<SpecCase> texts = new Comparison<>("a", one -> 1, "b", one -> "1");
    assertTrue(texts.search(Specs.any(), 1, 1).isPresent());
  }

  @Test
  void exactWeightsAreExact() {
    var generator = Weights.exact(SPEC).generator(1000);
    java.util.Random random = new java.util.Random(5);
    for (int i = 0; i < 5; i++) {
      Network network = generator.next(random).value().network();
      assertTrue(Exactness.of(network).exact(), Exactness.of(network).reason());
    }
  }

  @Test
  void sidesThatAgreeHaveNoDifference() {
    Comparison<SpecCase> comparison =
        new Comparison<>("a", SpecCase::expected, "b", SpecCase::evaluated);
    assertEquals(Optional.empty(), comparison.search(Specs.any(), 200, 1));
  }

  /** What one side throws is its answer. */
  @Test
  void whatIsThrownIsAnAnswer() {
    Comparison<SpecCase> comparison =
        new Comparison<>(
            "a",
            SpecCase::expected,
            "b",
            one -> {
              throw new IllegalStateException("no");
            });
    Difference<SpecCase> found = comparison.search(Specs.any(), 1, 1).orElseThrow();
    assertEquals("throws java.lang.IllegalStateException: no", found.right());
    assertEquals(0, found.smallest().n() | found.smallest().m());
    assertEquals(1, found.smallest().expression().size());
  }
}
