package dev.axon64.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.network.Models;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.lockstep.DifferenceFound;
import dev.axon64.machine.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code run --check scalar} passes what is right, and explains what is wrong. */
class CheckingTest {
  private static final Path SHA256 =
      Path.of(System.getProperty("axon64.root"), "runtime/guests/prebuilt/linux/sha256");

  private final Checking right = new Checking(Models.shipped("a64"), new Translator());

  private static ExitStatus run(Checking checking) {
    return new LinuxMachine.Builder(checking.engines())
        .program(SHA256.toString())
        .seed(1)
        .clock(GuestClock.virtual(Instant.EPOCH))
        .build()
        .run();
  }

  /** A spec in which EOR of registers, of which SHA-256 has many, is ORR. */
  private static Meanings wrong() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : InstructionSpec.A64_FILES) {
      try (InputStream in = InstructionSpec.class.getResourceAsStream("/dev/axon64/isa/" + name)) {
        files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    String shipped = files.get("logical.isa");
    String changed = shipped.replace("X[Rd] = X[Rn, n] ^ shifted", "X[Rd] = X[Rn, n] | shifted");
    assertTrue(!changed.equals(shipped));
    files.put("logical.isa", changed);
    return Meanings.of(InstructionSpec.parse(files));
  }

  @Test
  void aRightTranslationPasses() {
    ExitStatus status = run(right);
    StringWriter text = new StringWriter();
    right.report(new RunOutcome(status, status.instructions(), 1), new PrintWriter(text, true));
    assertTrue(
        text.toString().startsWith("axon64: no difference to the engine scalar in 3,4"),
        text.toString());
  }

  @Test
  void aWrongTranslationIsExplained() throws IOException {
    Checking checking = new Checking(Models.shipped("a64"), new Translator(wrong()));
    DifferenceFound found = assertThrows(DifferenceFound.class, () -> run(checking));
    StringWriter text = new StringWriter();
    new DifferenceReport(found.difference()).print(new PrintWriter(text));
    String report = text.toString();
    assertTrue(report.startsWith("axon64: translated code differs from the engine scalar, "));
    for (String part : new String[] {" instead of ", "\nThe region made for ", "\nIR\n", " OR "}) {
      assertTrue(report.contains(part), report);
    }
    assertTrue(report.contains("  eor w"), report);
    assertTrue(report.contains("    ior\n"), report);
    assertEquals(report, report.stripTrailing() + "\n");
  }
}
