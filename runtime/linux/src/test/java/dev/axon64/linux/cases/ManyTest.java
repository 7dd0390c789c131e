package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many threads, connections and files at once: 50, 500 and 5,000, or with {@code -Daxon64.many=100}
 * 1,000, 10,000 and 100,000.
 */
class ManyTest {
  @TempDir Path folder;

  @Test
  void holdsManyOfEachKind() throws IOException, InterruptedException {
    int times = Integer.getInteger("axon64.many", 5);
    int threads = 10 * times;
    int connections = 100 * times;
    int files = 1000 * times;
    KernelCase program = KernelCase.compileForTheGuest(folder, "many");
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        program
            .machine(
                Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null),
                false,
                output)
            .arguments(
                List.of(
                    Integer.toString(threads),
                    Integer.toString(connections),
                    Integer.toString(files)))
            .limits(Limits.DEFAULT.withTasks(threads + 10).withFiles(2 * connections + 100))
            .build()
            .run();
    assertEquals(
        """
        threads: %d running, %d in status, sum 1, joined 1, left 1
        connections: %d arrived, %d answered
        files: %d listed, %d of %d right, sizes 1
        removed 0
        """
            .formatted(threads, threads, connections, connections, files, files / 10, files / 10),
        output.toString(StandardCharsets.UTF_8));
    assertEquals(0, status.shellCode());
  }
}
