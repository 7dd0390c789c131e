package dev.axon64.codegen.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoweringTest {
  private final DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL.replace(" / 15", ""));

  /** Unit 0 reads everything, unit 1 is constant, unit 2 can never fire. */
  private final Network network =
      Network.of(
          spec,
          new float[] {
            1,
            0.5f,
            -1,
            2, // embedding
            1,
            2,
            0.5f,
            -1,
            0,
            0,
            0,
            0,
            0,
            -1,
            -0.25f,
            0, // one.weight
            -3,
            1.5f,
            -2, // one.bias
            1,
            2,
            3,
            -0.5f,
            0,
            1, // two.weight
            0,
            0.25f // two.bias
          },
          "test");

  @Test
  void foldsAndPrunesWhereExact() {
    ForwardPlan plan = Lowering.lower(network);
    assertTrue(plan.exact());
    assertEquals(1, plan.layers().get(0).units().size());
    assertArrayEquals(new float[] {-1, 0}, plan.table().get(0));
    assertEquals(
        List.of(new Term(0, 0.5f), new Term(1, -1)), plan.layers().get(0).units().get(0).terms());
    // The constant unit 1 is 1.5, which its readers' biases take in.
    assertEquals(3, plan.layers().get(1).units().get(0).bias());
    assertEquals(0.25f, plan.layers().get(1).units().get(1).bias());
    assertEquals(List.of(new Term(0, 1)), plan.layers().get(1).units().get(0).terms());
    assertTrue(plan.readsPc());
  }

  @Test
  void aPcFeatureWithoutWeightIsNotRead() {
    float[] weights = network.weights();
    weights[4 + 3] = 0;
    assertFalse(Lowering.lower(Network.of(spec, weights, "test")).readsPc());
  }

  @Test
  void strictKeepsEveryTermInOrder() {
    ForwardPlan plan = Lowering.strict(network);
    assertFalse(plan.exact());
    assertEquals(6, plan.layers().get(0).terms());
    assertEquals(6, plan.layers().get(1).terms());
    assertEquals(List.of(0, 1), plan.liveFeatures());
  }
}
