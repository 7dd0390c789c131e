package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole programs end translated as they end on the scalar engine, after as many instructions. */
class TranslatedProgramsTest {
  @TempDir Path folder;

  private record Outcome(String output, ExitStatus status) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench/alu",
        "bench/crc",
        "bench/interpreter",
        "bench/mixed",
        "bench/sha256",
        "bench/sieve",
        "bench/sort",
        "demo/sieve",
        "linux/personality",
        "linux/personality-musl",
        "linux/sha256"
      })
  void endAlike(String name) throws IOException {
    Path program = folder.resolve("program");
    try (InputStream in = getClass().getResourceAsStream("/dev/axon64/guests/" + name)) {
      Files.write(program, in.readAllBytes());
    }
    program.toFile().setExecutable(true);
    Supplier<Engine> scalar =
        Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);
    Supplier<Engine> translated =
        Engines.translated(ShippedDispatcher.A64::dispatcher, 20, Runnable::run);
    Outcome plain = run(program, scalar, false);
    assertEquals(plain, run(program, scalar, true), "memory outside the heap");
    assertEquals(plain, run(program, translated, false), "translated");
    assertEquals(plain, run(program, translated, true), "translated, memory outside the heap");
  }

  private static Outcome run(Path program, Supplier<Engine> engines, boolean flat) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .flatMemory(flat)
            .program(program.toString())
            .arguments(List.of("3", "7"))
            .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
            .seed(1)
            .limits(Limits.DEFAULT.withInstructions(200_000_000))
            .stdout(output)
            .build()
            .run();
    return new Outcome(output.toString(StandardCharsets.UTF_8), status);
  }
}
