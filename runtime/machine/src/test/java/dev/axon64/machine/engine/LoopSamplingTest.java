package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopSamplingTest {
  private static final long MANY = 1L << 30;

  private LoopSampling sampling = new LoopSampling(0);
  private long counted;

  /**
   * Executes many instructions, of which loops apply one in so many while they are counted.
   *
   * @param share none if 0
   * @param step how many are executed before a loop applies its part
   */
  private void run(long share, long step) {
    counted = 0;
    for (long done = 0; done < MANY; ) {
      long now = Math.min(sampling.most(), step);
      if (sampling.counts()) {
        counted += now;
        if (share > 0) {
          sampling.applied(now / share);
        }
      }
      sampling.executed(now);
      done += now;
    }
  }

  @Test
  void countsForA256thIfNothingIsApplied() {
    assertTrue(sampling.counts());
    assertEquals(256, sampling.weight());
    run(0, 1000);
    assertEquals(MANY / 256.0, counted, MANY / 25600.0);
    assertEquals(256, sampling.weight());
  }

  @Test
  void countsAllOfTheBeginningIfToldTo() {
    sampling = new LoopSampling(1 << 26);
    assertEquals(1, sampling.weight());
    run(0, 1000);
    assertEquals((1 << 26) + (MANY - (1 << 26)) / 256.0, counted, MANY / 25600.0);
  }

  @Test
  void countsOnWhileMuchIsApplied() {
    run(4, 1000);
    assertEquals(MANY, counted, 1000);
    assertEquals(1, sampling.weight());
    sampling.applied(1 << 20);
    run(4, 1 << 22);
    assertEquals(MANY, counted, 1 << 23, "large pieces at long distances");
  }

  @Test
  void startsAgainWhenLoopsAreAppliedLater() {
    run(0, 1000);
    run(4, 1000);
    assertEquals(MANY, counted, 1 << 23);
    run(1000, 1000);
    assertFalse(counted > (1 << 24) + MANY / 32, "little is applied: " + counted);
  }
}
