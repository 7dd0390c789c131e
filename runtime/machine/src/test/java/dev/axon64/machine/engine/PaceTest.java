package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When it is counted where branches lead, and how much may be translated. */
class PaceTest {
  @Test
  void countsInOneSliceOfSeveral() {
    HeatSampling sampling = new HeatSampling(100, 300);
    long counted = 0;
    for (int i = 0; i < 4000; i++) {
      counted += sampling.counts() ? 1 : 0;
      assertEquals(sampling.most() == 1, sampling.executed(1));
    }
    assertEquals(1000, counted);
  }

  @Test
  void countsAlwaysIfNothingIsLeftOut() {
    HeatSampling sampling = new HeatSampling(100, 0);
    for (int i = 0; i < 1000; i++) {
      sampling.executed(30);
      assertTrue(sampling.counts());
      assertTrue(sampling.most() > 0);
    }
  }

  @Test
  void aLongStayInARegionEndsOneSlice() {
    HeatSampling sampling = new HeatSampling(100, 300);
    assertTrue(sampling.executed(1_000_000));
    assertFalse(sampling.counts());
    assertEquals(300, sampling.most());
  }

  @Test
  void instructionsEarnAnAllowance() {
    Allowance allowance = new Allowance(10, 100);
    assertTrue(allowance.isLeft());
    allowance.spend(15);
    assertFalse(allowance.isLeft());
    allowance.executed(599);
    assertFalse(allowance.isLeft());
    allowance.executed(1);
    assertTrue(allowance.isLeft());
    allowance.spend(3);
    assertFalse(allowance.isLeft());
    allowance.saved(-1000);
    assertFalse(allowance.isLeft());
    allowance.saved(300);
    assertTrue(allowance.isLeft());
  }

  @Test
  void whatWasTakenInVainIsGivenBack() {
    Allowance allowance = new Allowance(10, 100);
    allowance.spend(3000);
    allowance.spend(-3000);
    assertTrue(allowance.isLeft());
  }
}
