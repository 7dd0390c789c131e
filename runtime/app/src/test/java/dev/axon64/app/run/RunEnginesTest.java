package dev.axon64.app.run;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Main;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.metal.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code axon64 run} on every engine, each in a process of its own, as from a shell: without the
 * Vector API, which those get that ask for it.
 */
class RunEnginesTest {
  private static final Path GUESTS =
      Path.of(System.getProperty("axon64.root"), "runtime/guests/prebuilt/linux");
  private static final String PERSONALITY = GUESTS.resolve("personality").toString();

  private static final String INCUBATING = "WARNING: Using incubator modules";

  @TempDir Path folder;

  private record Outcome(int status, String output, String error) {
    /** Without what a JVM says that has the Vector API. */
    Outcome quiet() {
      String rest =
          error.lines().filter(line -> !line.startsWith(INCUBATING)).collect(joining("\n"));
      return new Outcome(status, output, rest);
    }
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("run");
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Path error = folder.resolve("error");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .redirectError(error.toFile())
            .start();
    int status = process.waitFor();
    return new Outcome(status, Files.readString(output), Files.readString(error).stripTrailing());
  }

  /** On the scalar engine, which the others and the default must equal. */
  private Outcome same(String... arguments) throws IOException, InterruptedException {
    Outcome expected = on("scalar", arguments);
    assertEquals(expected, run(arguments));
    List<String> names = EngineKinds.all().stream().map(EngineKind::name).toList();
    assertEquals(List.of("scalar", "executor", "gpu", "lanes", "translated"), names);
    for (String name : names.subList(1, names.size())) {
      if (name.equals("gpu") && Devices.real().isEmpty()) {
        System.out.println("skipped: engine gpu, no device here (Debian: pocl-opencl-icd)");
        continue;
      }
      assertEquals(expected, on(name, arguments), name);
    }
    return expected;
  }

  private Outcome on(String engine, String... arguments) throws IOException, InterruptedException {
    List<String> with = new ArrayList<>(List.of("--engine", engine));
    with.addAll(List.of(arguments));
    return run(with.toArray(String[]::new)).quiet();
  }

  @Test
  void aProgramThatPrints() throws IOException, InterruptedException {
    Outcome outcome = same(GUESTS.resolve("sha256").toString());
    assertEquals(0, outcome.status);
    assertEquals(65, outcome.output.length());
  }

  /**
   * A static glibc program, whose library uses vector registers, which the model without FPSIMD
   * gives to SYSTEM; the report of the fault names every register.
   */
  @Test
  void aProgramThatNeedsAKernelThatTheModelLacks() throws IOException, InterruptedException {
    Outcome outcome = same("--model", "kvrm7", PERSONALITY, "echo");
    assertEquals(128 + 4, outcome.status);
    assertTrue(
        outcome.error.contains("SIGILL, no kernel of the model executes the instruction 4e010c20"),
        outcome.error);
    assertTrue(outcome.error.contains("4e010c20  dup v0.16b, w1"), outcome.error);
  }

  @Test
  void anAcceleratedRunStartsWithoutTheVectorModule() throws IOException, InterruptedException {
    Outcome outcome = run("--accelerate", "all", GUESTS.resolve("sha256").toString());
    assertEquals(0, outcome.status);
    assertEquals(outcome.quiet(), outcome);
  }

  @Test
  void translatedCodeIsCounted() throws IOException, InterruptedException {
    Outcome outcome =
        run("--engine", "translated", "--stats", GUESTS.resolve("../demo/sieve").toString());
    assertEquals(0, outcome.status);
    for (String part : List.of("\n  exits: ", "\none at a time ", "\nregions ")) {
      assertTrue(outcome.error.contains(part), outcome.error);
    }
    assertFalse(outcome.error.contains("mnemonic"), outcome.error);
  }

  @Test
  void theShaderAsksForEveryInstructionAndDoesNotCount() throws IOException, InterruptedException {
    assertEquals(
        new Outcome(
            2,
            "",
            "axon64: --dispatch page: the engine executor dispatches by each only; leave it out or"
                + " choose another --engine"),
        run("--engine", "executor", "--dispatch", "page", PERSONALITY));
    assertEquals(
        new Outcome(
            2,
            "",
            "axon64: --stats: the engine executor does not count what it executes; leave it out or"
                + " choose --engine scalar"),
        run("--engine", "executor", "--stats", PERSONALITY));
  }
}
