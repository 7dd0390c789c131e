package dev.axon64.propose.accelerate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.linux.BusyboxTest;
import dev.axon64.linux.Guests;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same invocations of busybox, every hot loop applied at once that can be proven. */
class AcceleratedBusyboxTest extends BusyboxTest {
  private Meanings meanings;

  @Override
  @TestFactory
  protected Stream<DynamicTest> doesWhatItDoesOnLinux() throws IOException {
    assumeTrue(Boolean.getBoolean("axon64.campaign"), "the accelerated list runs with -Pcampaign");
    meanings = Meanings.a64();
    return super.doesWhatItDoesOnLinux();
  }

  @Override
  protected Guests guest() {
    return new Guests(
        new Accelerator(
            Set.of(Accelerator.Network.LOOPS),
            () -> meanings,
            null,
            Runnable::run,
            null,
            Heat.AT_ONCE));
  }
}
