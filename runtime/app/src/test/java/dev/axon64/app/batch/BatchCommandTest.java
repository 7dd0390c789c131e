package dev.axon64.app.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.app.Main;
import dev.axon64.codegen.support.Digests;
import dev.axon64.metal.device.Devices;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program on many inputs gives what it gives on each of them. */
class BatchCommandTest {
  private static final int GUESTS = 70;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int batch(String... arguments) {
    List<String> all = new ArrayList<>(List.of("batch"));
    all.addAll(List.of(arguments));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private Path inputs() throws IOException {
    Path inputs = Files.createDirectories(folder.resolve("inputs"));
    Random random = new Random(5);
    for (int i = 0; i < GUESTS; i++) {
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      Files.write(inputs.resolve("file" + i), bytes);
    }
    return inputs;
  }

  private static String busybox() {
    String busybox = System.getenv("AXON64_BUSYBOX");
    assumeTrue(busybox != null, "skipped: AXON64_BUSYBOX names no arm64 busybox");
    return busybox;
  }

  private void hashes(String engine) throws IOException {
    Path inputs = inputs();
    Path outputs = folder.resolve("outputs");
    int status =
        batch(
            "--inputs",
            inputs.toString(),
            "--outputs",
            outputs.toString(),
            "--engine",
            engine,
            "--format",
            "json",
            busybox(),
            "sha256sum");
    assertEquals(0, status, err::toString);
    JsonObject report = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertEquals(GUESTS, report.getAsJsonArray("guests").size());
    assertEquals(0, report.get("failed").getAsLong());
    for (int i = 0; i < GUESTS; i++) {
      String digest = Digests.sha256(Files.readAllBytes(inputs.resolve("file" + i)));
      assertEquals(digest + "  -\n", Files.readString(outputs.resolve("file" + i + ".out")));
      assertEquals(0, Files.size(outputs.resolve("file" + i + ".err")));
    }
    assertEquals("", err.toString());
  }

  @Test
  void onTheScalarEngine() throws IOException {
    hashes("scalar");
  }

  @Test
  void onLanes() throws IOException {
    hashes("lanes");
  }

  @Test
  void onADevice() throws IOException {
    assumeTrue(Devices.real().isPresent(), "skipped: no device here (Debian: pocl-opencl-icd)");
    hashes("gpu");
  }

  /** The input as an argument, a guest that fails, and one that runs too long. */
  @Test
  void argumentsFailuresAndLimits() throws IOException {
    Path inputs = Files.createDirectories(folder.resolve("inputs"));
    Files.copy(Path.of(busybox()), folder.resolve("busybox"));
    Files.writeString(inputs.resolve("a"), "exit 0");
    Files.writeString(inputs.resolve("b"), "echo told >&2; exit 3");
    Files.writeString(inputs.resolve("c"), "while :; do :; done");
    int status =
        batch(
            "--inputs",
            inputs.toString(),
            "--outputs",
            folder.resolve("outputs").toString(),
            "--root",
            folder.toString(),
            "--max-instructions",
            "3000000",
            "/busybox",
            "sh",
            "{}");
    assertEquals(1, status, err::toString);
    String[] lines = out.toString().split("\n");
    assertTrue(lines[1].matches("a +0 .* exited"), out::toString);
    assertTrue(lines[2].matches("b +3 .* exited"), out::toString);
    assertTrue(lines[3].matches("c +152 .* instruction limit"), out::toString);
    assertTrue(lines[4].startsWith("3 guests on scalar, 2 of them"), out::toString);
    assertEquals("told\n", Files.readString(folder.resolve("outputs/b.err")));
  }

  private void refused(String message, String... arguments) {
    assertEquals(2, batch(arguments), err::toString);
    assertEquals("axon64: " + message + "\n", err.toString());
    err.getBuffer().setLength(0);
    assertTrue(Files.notExists(folder.resolve("outputs")), "nothing was written");
  }

  @Test
  void whatCannotRunIsRefused() throws IOException {
    String inputs = inputs().toString();
    String outputs = folder.resolve("outputs").toString();
    String none = folder.resolve("none").toString();
    refused(
        "--inputs " + none + ": is no folder; name one with a file a guest",
        "--inputs",
        none,
        "--outputs",
        outputs,
        "program");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refused(
        "--inputs " + empty + ": has no file; put one there for each guest",
        "--inputs",
        empty.toString(),
        "--outputs",
        outputs,
        "program");
    refused(
        "--outputs " + inputs + ": holds the inputs; name another folder, or a new one",
        "--inputs",
        inputs,
        "--outputs",
        inputs,
        "program");
    refused(
        "PROGRAM: is missing; name the program to run", "--inputs", inputs, "--outputs", outputs);
    refused(
        "ARG {}: is the input's path for the guest; put --inputs below --root",
        "--inputs",
        inputs,
        "--outputs",
        outputs,
        "program",
        "{}");
    refused(
        "engine gpu:abacus: no such device; there is "
            + Devices.all().stream().map(one -> one.name()).toList(),
        "--inputs",
        inputs,
        "--outputs",
        outputs,
        "--engine",
        "gpu:abacus",
        "program");
  }
}
