package dev.axon64.propose.companion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OracleFeaturesTest {
  private static final int LINE = 64;

  private static AccessWindow window(long... lines) {
    AccessWindow window = new AccessWindow(6);
    for (long line : lines) {
      assertTrue(window.add(0x1000, line * LINE, 8, false));
    }
    return window;
  }

  private static long[] candidates(AccessWindow window) {
    long[] steps = new long[OracleFeatures.CANDIDATES];
    OracleFeatures.candidates(window, steps);
    return steps;
  }

  @Test
  void aStrideIsProposedOnceAndFourTimes() {
    long[] steps = candidates(window(100, 103, 106, 109, 112));
    assertArrayEquals(new long[] {1, 2, 4, -1, 3, 12, 3, 12}, steps);
  }

  @Test
  void whatFollowedLastTimeIsProposedAgain() {
    // Steps 1, 1, 5, 1, 1: next comes 5, and after four more 5 + 1 + 1 + 5.
    long[] steps = candidates(window(10, 11, 12, 17, 18, 19));
    assertEquals(5, steps[6]);
    assertEquals(12, steps[7]);
  }

  @Test
  void nothingIsRepeatedWhereNothingWas() {
    long[] steps = candidates(window(10, 12, 17, 18, 40));
    assertEquals(0, steps[6]);
    assertEquals(0, steps[7]);
  }

  @Test
  void anAccessToTheSameBlockIsNoEvent() {
    AccessWindow window = window(5, 6);
    assertFalse(window.add(0x1004, 6 * LINE + 60, 4, true));
    assertEquals(1, window.events());
    assertEquals(1, window.step(0));
  }

  /** What a program does elsewhere in memory looks the same. */
  @Test
  void featuresDoNotDependOnThePlace() {
    float[] here = new float[OracleFeatures.WINDOW];
    float[] there = new float[OracleFeatures.WINDOW];
    OracleFeatures.write(window(1, 2, 9, 4, 5), here, 0);
    OracleFeatures.write(window(7001, 7002, 7009, 7004, 7005), there, 0);
    assertArrayEquals(here, there);
  }
}
