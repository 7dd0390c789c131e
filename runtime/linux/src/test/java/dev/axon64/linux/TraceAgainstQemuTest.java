package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.state.CpuState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs without a C library, whose course depends on nothing outside them, execute the same
 * instructions in the same order here and under qemu-aarch64.
 */
class TraceAgainstQemuTest {
  private static final String QEMU = "/usr/bin/qemu-aarch64";

  /** {@code Trace 0: 0x7f.. [0000000001009331/00000000004000f0/00000001/00000201]}. */
  private static final Pattern BLOCK =
      Pattern.compile("Trace \\d+: \\S+ \\[[0-9a-f]+/([0-9a-f]+)/.*");

  /** Instructions that are compared of a program whose whole trace would take minutes. */
  private static final long PREFIX = 2_000_000;

  @TempDir Path folder;

  @Test
  void sha256() throws IOException, InterruptedException {
    compare(Guests.program(folder, "sha256"), Long.MAX_VALUE);
  }

  /** {@code -Daxon64.campaign=true} compares all 34 million instructions. */
  @Test
  void sieve() throws IOException, InterruptedException {
    Path program = folder.resolve("sieve");
    try (InputStream in = getClass().getResourceAsStream("/dev/axon64/guests/demo/sieve")) {
      Files.copy(in, program);
    }
    program.toFile().setExecutable(true);
    compare(program, Boolean.getBoolean("axon64.campaign") ? Long.MAX_VALUE : PREFIX);
  }

  private static void compare(Path program, long most) throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(QEMU))) {
      System.out.println("trace: skipped: no " + QEMU);
      abort("skipped: needs " + QEMU);
    }
    Process qemu =
        new ProcessBuilder(QEMU, oneInstructionABlock(), "-d", "exec,nochain", program.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader theirs = qemu.errorReader(StandardCharsets.US_ASCII)) {
      Comparison comparison = new Comparison(theirs);
      ExitStatus status = run(program, most, comparison);
      assertEquals(status.instructions(), comparison.same);
      if (most == Long.MAX_VALUE) {
        assertEquals(Ending.EXITED, status.ending());
        assertNull(comparison.next(), "qemu executes more");
        assertEquals(qemu.waitFor(), status.code());
      } else {
        assertEquals(most, comparison.same);
      }
      System.out.printf(
          "trace = qemu's on %,d instructions of %s%n", comparison.same, program.getFileName());
    } finally {
      qemu.destroyForcibly();
    }
  }

  private static ExitStatus run(Path program, long most, Comparison comparison) {
    return new LinuxMachine.Builder(
            Engines.observed(ShippedDispatcher.A64::dispatcher, () -> comparison))
        .program(program.toString())
        .limits(Limits.DEFAULT.withInstructions(most))
        .build()
        .run();
  }

  /** The option's name changed in version 8.1. */
  private static String oneInstructionABlock() throws IOException {
    Process help = new ProcessBuilder(QEMU, "-help").redirectErrorStream(true).start();
    try (BufferedReader reader = help.inputReader(StandardCharsets.US_ASCII)) {
      List<String> lines = reader.lines().toList();
      return lines.stream().anyMatch(line -> line.contains("-one-insn-per-tb"))
          ? "-one-insn-per-tb"
          : "-singlestep";
    }
  }

  /** Compares the address of each instruction with the next one in qemu's trace. */
  private static final class Comparison implements StepObserver {
    private final BufferedReader theirs;
    private long same;

    Comparison(BufferedReader theirs) {
      this.theirs = theirs;
    }

    @Override
    public boolean before(CpuState cpu, int word, int kernel) {
      String expected = next();
      String pc = "%016x".formatted(cpu.pc);
      if (!pc.equals(expected)) {
        fail("instruction %,d is at %s, under qemu at %s".formatted(same, pc, expected));
      }
      same++;
      return true;
    }

    /** Where qemu executes its next instruction; null at the end. */
    private String next() {
      try {
        for (String line = theirs.readLine(); line != null; line = theirs.readLine()) {
          Matcher matcher = BLOCK.matcher(line);
          if (matcher.matches()) {
            return matcher.group(1);
          }
        }
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
