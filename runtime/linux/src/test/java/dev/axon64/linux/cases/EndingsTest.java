package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine whose guest waits ends, sleeps or goes on, whatever the guest waits through. */
class EndingsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private LinuxMachine.Builder machine(String how) throws IOException, InterruptedException {
    return KernelCase.compile(folder, "endings")
        .machine(
            Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null), false, output)
        .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
        .arguments(List.of(how));
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "poll", "eventfd", "epoll", "accept", "timer elsewhere"})
  void whatCannotComeIsADeadlock(String how) throws IOException, InterruptedException {
    assertEquals(Ending.DEADLOCK, machine(how).build().run().ending());
  }

  /** The clock of these machines passes hours at once. */
  @ParameterizedTest
  @ValueSource(strings = {"timer", "nested", "signal"})
  void timersAreWaitedFor(String how) throws IOException, InterruptedException {
    ExitStatus status = machine(how).build().run();
    assertEquals(Ending.EXITED, status.ending());
    assertTrue(output.toString(StandardCharsets.UTF_8).endsWith("done\n"));
  }

  /** What may still come from the host's network is no deadlock; an interrupt ends the wait. */
  @Test
  void aServerOfTheHostsNetworkSleeps() throws IOException, InterruptedException {
    LinuxMachine machine = machine("accept").hostNetwork(true).build();
    ExitStatus[] status = new ExitStatus[1];
    Thread thread = Thread.ofPlatform().start(() -> status[0] = machine.run());
    thread.join(1500);
    assertTrue(thread.isAlive(), "waits");
    thread.interrupt();
    thread.join();
    assertEquals(Ending.INTERRUPTED, status[0].ending());
  }

  @Test
  void socketsAreNotSaved() throws IOException, InterruptedException {
    LinuxMachine machine = machine("busy").snapshot(5_000_000, folder.resolve("s")).build();
    String why = assertThrows(InputException.class, machine::run).getMessage();
    assertTrue(why.contains("has a socket open as descriptor 3"), why);
  }
}
