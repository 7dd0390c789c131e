package dev.axon64.linux;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Pace;
import dev.axon64.machine.lockstep.LockstepEngine;
import dev.axon64.machine.lockstep.RegionLog;
import dev.axon64.machine.translate.Translator;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The same invocations, translated and in lockstep with the scalar engine: all of them in a
 * campaign, else one of every ten.
 */
class TranslatedBusyboxTest extends BusyboxTest {
  private static final int PATIENCE = 30;

  private final Supplier<Engine> references =
      Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);

  @Override
  @TestFactory
  protected Stream<DynamicTest> doesWhatItDoesOnLinux() throws IOException {
    List<DynamicTest> all = super.doesWhatItDoesOnLinux().toList();
    int every = Boolean.getBoolean("axon64.campaign") ? 1 : 10;
    return IntStream.range(0, all.size()).filter(i -> i % every == 0).mapToObj(all::get);
  }

  @Override
  protected Guests guest() {
    RegionLog log = new RegionLog(new Translator());
    Supplier<Engine> translated =
        Engines.translated(
            ShippedDispatcher.A64::dispatcher,
            Pace.eager(PATIENCE),
            Runnable::run,
            new Translator(),
            log,
            null);
    Guests guests = new Guests(() -> new LockstepEngine(translated.get(), references, log));
    guests.builder.flatMemory(true);
    return guests;
  }
}
