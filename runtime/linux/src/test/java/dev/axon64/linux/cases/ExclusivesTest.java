package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that change words by load-exclusive and store-exclusive lose no change of another. */
class ExclusivesTest {
  private static final int ROUNDS = 200_000;

  @TempDir Path folder;

  @Test
  void noChangeIsLost() throws IOException, InterruptedException {
    check(Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null));
  }

  @Test
  void noChangeIsLostInTranslatedCode() throws IOException, InterruptedException {
    check(Engines.translated(ShippedDispatcher.A64::dispatcher, 20, Runnable::run));
  }

  private void check(Supplier<Engine> engines) throws IOException, InterruptedException {
    KernelCase program = KernelCase.compileForTheGuest(folder, "exclusives");
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        program
            .machine(engines, false, output)
            .arguments(List.of(Integer.toString(ROUNDS)))
            .build()
            .run();
    assertEquals(
        """
        threads 1 1 1 1 1
        processes 1
        at once 0
        after a call 1
        cleared 1
        """,
        output.toString(StandardCharsets.UTF_8));
    assertEquals(0, status.shellCode());
  }
}
