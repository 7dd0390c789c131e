package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopSamplingTest {
  private static final long MANY = 1L << 30;

  private LoopSampling sampling = new LoopSampling(0);
  private long counted;
  private long stoodFor;
  private int samples;

  /**
   * Executes many instructions, of which loops apply one in so many while they are counted.
   *
   * @param share none if 0
   * @param step how many are executed before a loop applies its part
   */
  private void run(long share, long step) {
    counted = 0;
    stoodFor = 0;
    samples = 0;
    for (long done = 0; done < MANY; ) {
      if (sampling.samples()) {
        samples++;
        stoodFor += sampling.sampled();
      }
      long now = Math.min(sampling.most(), step);
      boolean counts = sampling.counts();
      sampling.executed(now);
      if (counts) {
        counted += now;
        if (share > 0) {
          sampling.applied(now / share);
        }
      }
      done += now;
    }
  }

  @Test
  void samplesStandForAllThatIsExecuted() {
    assertFalse(sampling.counts());
    run(0, 1000);
    assertEquals(0, counted);
    assertEquals(MANY, stoodFor, 1 << 19);
    assertEquals(4096, samples, 200);
  }

  @Test
  void countsAllOfTheBeginningIfToldTo() {
    sampling = new LoopSampling(1 << 26);
    run(0, 1000);
    assertEquals(1 << 26, counted);
  }

  @Test
  void countsCloselyForAsLongAsAsked() {
    sampling.count(5000);
    sampling.count(3000);
    run(0, 1000);
    assertEquals(5000, counted);
  }

  @Test
  void countsOnWhileMuchIsApplied() {
    sampling.applied(1000);
    run(4, 1000);
    assertEquals(MANY, counted, 1000);
    sampling.applied(1 << 20);
    run(4, 1 << 22);
    assertEquals(MANY, counted, 1 << 23, "large pieces at long distances");
  }

  @Test
  void samplesAgainWhenLittleIsApplied() {
    sampling.applied(1000);
    run(1000, 1000);
    assertTrue(counted < 20_000, () -> "counted " + counted);
    sampling.applied(1 << 30);
    run(0, 1000);
    assertEquals(1 << 24, counted, "what is paid for ahead has a limit");
  }
}
