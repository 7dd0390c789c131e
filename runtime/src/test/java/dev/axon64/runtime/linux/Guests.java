package dev.axon64.runtime.linux;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.runtime.accelerate.Accelerator;
import dev.axon64.runtime.accelerate.Heat;
import dev.axon64.runtime.dispatch.ShippedDispatcher;
import dev.axon64.runtime.engine.Engines;
import dev.axon64.runtime.engine.HotLoops;
import dev.axon64.runtime.linux.process.GuestClock;
import dev.axon64.runtime.linux.process.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a program on a machine of its own, and keeps what came of it. */
final class Guests {
  /** A finished run. */
  record Run(ExitStatus status, String output, String error, List<String> messages) {}

  /** Ends what would never end. */
  private static final long MOST_INSTRUCTIONS = 200_000_000;

  private static Meanings meanings;

  final LinuxMachine.Builder builder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final List<String> messages = new ArrayList<>();

  /** A machine whose time and randomness are the same in every run. */
  Guests() {
    this(null);
  }

  private Guests(HotLoops loops) {
    builder =
        new LinuxMachine.Builder(
            Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, loops));
    builder
        .stdout(output)
        .stderr(error)
        .messages(messages::add)
        .seed(1)
        .limits(Limits.DEFAULT.withInstructions(MOST_INSTRUCTIONS))
        .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)));
  }

  /** The same, with every hot loop applied at once that can be proven. */
  static Guests accelerated() {
    if (meanings == null) {
      meanings = Meanings.a64();
    }
    return new Guests(
        new Accelerator(
            Set.of(Accelerator.Network.LOOPS),
            () -> meanings,
            null,
            Runnable::run,
            null,
            Heat.AT_ONCE));
  }

  Guests arguments(String... list) {
    builder.arguments(List.of(list));
    return this;
  }

  Guests input(byte[] bytes) {
    builder.stdin(new ByteArrayInputStream(bytes));
    return this;
  }

  Run run() {
    ExitStatus status = builder.build().run();
    return new Run(
        status,
        output.toString(StandardCharsets.UTF_8),
        error.toString(StandardCharsets.UTF_8),
        messages);
  }

  byte[] outputBytes() {
    return output.toByteArray();
  }

  /** Puts a test program into a folder. */
  static Path program(Path folder, String name) {
    Path file = folder.resolve(name);
    try (InputStream in = Guests.class.getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
      file.toFile().setExecutable(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A text beside the tests. */
  static String text(String name) {
    try (InputStream in = Guests.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
