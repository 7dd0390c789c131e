package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopSamplingTest {
  private static final long MANY = 1L << 30;

  private final LoopSampling sampling = new LoopSampling();
  private long counted;

  /** Executes many instructions, of which loops apply one in so many while they are counted. */
  private void run(long share) {
    for (long done = 0; done < MANY; ) {
      long now = Math.min(sampling.most(), 100_000);
      if (sampling.counts()) {
        counted += now;
        sampling.applied(share == 0 ? 0 : now / share);
      }
      sampling.executed(now);
      done += now;
    }
  }

  @Test
  void countsAllOfTheBeginningAndThenAnEighthIfNothingIsApplied() {
    assertTrue(sampling.counts());
    run(0);
    assertEquals((1 << 26) + MANY / 8, counted, MANY / 100.0);
  }

  @Test
  void countsOnWhileMuchIsApplied() {
    run(10);
    assertEquals(MANY, counted, 200_000);
  }

  @Test
  void startsAgainWhenLoopsAreAppliedLater() {
    run(0);
    counted = 0;
    run(10);
    assertEquals(MANY, counted, 1 << 25);
    run(1000);
    assertFalse(counted > MANY + (1 << 25) + MANY / 6, "it stops again: " + counted);
  }
}
