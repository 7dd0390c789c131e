package dev.axon64.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final int ALLOCATING_CALLS = 50;

  private int calls;
  private byte[] kept = new byte[1];

  @Test
  void goesOnWhileCallsAllocate() {
    boolean warm =
        WarmUp.untilNothingIsAllocated(
            () -> {
              if (++calls <= ALLOCATING_CALLS) {
                kept = new byte[calls];
              }
            },
            60_000_000_000L);
    assertTrue(warm);
    assertTrue(calls > ALLOCATING_CALLS, "ended after " + calls);
    assertEquals(ALLOCATING_CALLS, kept.length);
  }

  @Test
  void givesUpOnCallsThatAlwaysAllocate() {
    assertFalse(WarmUp.untilNothingIsAllocated(() -> kept = new byte[++calls], 50_000_000));
    assertEquals(calls, kept.length);
  }
}
