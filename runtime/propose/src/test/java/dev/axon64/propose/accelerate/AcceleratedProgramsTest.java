package dev.axon64.propose.accelerate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.OneLaneEngine;
import dev.axon64.propose.accelerate.Accelerator.Network;
import dev.axon64.propose.companion.CompanionFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole programs end as they end without acceleration, after as many instructions. */
class AcceleratedProgramsTest {
  private static final Meanings MEANINGS = Meanings.a64();

  @TempDir Path folder;

  private record Outcome(String output, ExitStatus status) {}

  private static Accelerator everything() {
    return new Accelerator(
        Set.of(Network.LOOPS), () -> MEANINGS, null, Runnable::run, null, Heat.AT_ONCE);
  }

  private Outcome run(Path program, Accelerator accelerator) {
    return run(
        program,
        Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, accelerator));
  }

  private Outcome run(Path program, Supplier<Engine> engines) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .program(program.toString())
            .arguments(List.of("30", "7"))
            .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
            .seed(1)
            .stdout(output)
            .build()
            .run();
    return new Outcome(output.toString(StandardCharsets.UTF_8), status);
  }

  private Path program(String resource) throws IOException {
    Path file = folder.resolve("program");
    try (InputStream in = AcceleratedProgramsTest.class.getResourceAsStream(resource)) {
      Files.write(file, in.readAllBytes());
    }
    file.toFile().setExecutable(true);
    return file;
  }

  /** Loops that the checker follows need no tenth of their instructions executed. */
  @ParameterizedTest
  @ValueSource(strings = {"fill", "copy", "sum", "string", "checksum"})
  void bulkWorkIsHardlyExecuted(String name) throws IOException {
    Path program = program("/dev/axon64/guests/loops/" + name);
    Accelerator accelerator = everything();
    Outcome plain = run(program, (Accelerator) null);
    Outcome fast = run(program, accelerator);
    assertEquals(plain, fast);
    long all = plain.status().instructions();
    long skipped = accelerator.tallies().get(Network.LOOPS).skipped;
    assertTrue(
        10 * (all - skipped) <= all,
        name + " executed " + (all - skipped) + " of " + all + " instructions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fill", "copy", "sum", "string", "checksum"})
  void lanesDoNotExecuteIt(String name) throws IOException {
    Path program = program("/dev/axon64/guests/loops/" + name);
    Accelerator accelerator = everything();
    Outcome plain = run(program, (Accelerator) null);
    Outcome lanes =
        run(program, () -> new OneLaneEngine(ShippedDispatcher.A64::dispatcher, accelerator));
    assertEquals(plain, lanes);
    long all = plain.status().instructions();
    long skipped = accelerator.tallies().get(Network.LOOPS).skipped;
    assertTrue(10 * (all - skipped) <= all, name + " executed " + (all - skipped) + " of " + all);
  }

  /** The shipped networks see what these loops are, so that the same holds with them. */
  @ParameterizedTest
  @ValueSource(strings = {"fill", "copy", "sum", "string", "checksum"})
  void theNetworksProposeSo(String name) throws IOException {
    Path program = program("/dev/axon64/guests/loops/" + name);
    Set<Network> networks = Set.of(Network.LOOPS, Network.PATTERNS);
    Accelerator accelerator =
        new Accelerator(
            networks,
            () -> MEANINGS,
            () -> new Companions(CompanionFolder.shipped()),
            Runnable::run,
            null,
            Heat.AT_ONCE);
    Outcome plain = run(program, (Accelerator) null);
    assertEquals(plain, run(program, accelerator));
    long all = plain.status().instructions();
    long skipped = accelerator.tallies().values().stream().mapToLong(t -> t.skipped).sum();
    System.out.printf(
        "%s: %,d of %,d instructions executed with acceleration%n", name, all - skipped, all);
    assertTrue(10 * (all - skipped) <= all, name + " executed " + (all - skipped) + " of " + all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/axon64/guests/demo/sieve",
        "/dev/axon64/guests/linux/personality",
        "/dev/axon64/guests/linux/personality-musl"
      })
  void otherProgramsEndAlike(String resource) throws IOException {
    Path program = program(resource);
    assertEquals(run(program, (Accelerator) null), run(program, everything()));
  }
}
