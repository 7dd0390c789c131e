package dev.axon64.linux.fs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Input that comes before anybody waits for it is not missed. */
class HostInputRaceTest {
  @Test
  void anAnswerCountsUntilSomebodyHasWaited() throws InterruptedException {
    HostInput input = new HostInput(InputStream.nullInputStream());
    while (!input.isReady()) {
      Thread.sleep(1);
    }
    assertTrue(input.isWaiting(), "whoever parked in the meantime must look again");
    assertTrue(input.await(0));
    assertFalse(input.isWaiting());
  }
}
