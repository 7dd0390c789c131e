package dev.axon64.linux;

import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.HotLoops;
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
import java.util.function.Supplier;

/** Runs a program on a new machine and keeps its output. */
public final class Guests {
  /** A finished run. */
  public record Run(ExitStatus status, String output, String error, List<String> messages) {}

  /** Ends programs that would run forever. */
  private static final long MOST_INSTRUCTIONS = 200_000_000;

  public final LinuxMachine.Builder builder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final List<String> messages = new ArrayList<>();

  /** A machine whose time and randomness are the same in every run. */
  public Guests() {
    this((HotLoops) null);
  }

  /**
   * A machine whose time and randomness are the same in every run.
   *
   * @param loops takes over hot loops; null to execute them as they are
   */
  public Guests(HotLoops loops) {
    this(Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, loops));
  }

  /**
   * A machine whose time and randomness are the same in every run.
   *
   * @param engines execute it
   */
  public Guests(Supplier<Engine> engines) {
    builder = new LinuxMachine.Builder(engines);
    builder
        .stdout(output)
        .stderr(error)
        .messages(messages::add)
        .seed(1)
        .limits(Limits.DEFAULT.withInstructions(MOST_INSTRUCTIONS))
        .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)));
  }

  public Guests arguments(String... list) {
    builder.arguments(List.of(list));
    return this;
  }

  public Guests input(byte[] bytes) {
    builder.stdin(new ByteArrayInputStream(bytes));
    return this;
  }

  public Run run() {
    ExitStatus status = builder.build().run();
    return new Run(
        status,
        output.toString(StandardCharsets.UTF_8),
        error.toString(StandardCharsets.UTF_8),
        messages);
  }

  public byte[] outputBytes() {
    return output.toByteArray();
  }

  private static final String PREBUILT = "/dev/axon64/guests/linux/";

  /** Puts a test program into a folder. */
  public static Path program(Path folder, String name) {
    Path file = folder.resolve(name);
    try (InputStream in = Guests.class.getResourceAsStream(PREBUILT + name)) {
      Files.write(file, in.readAllBytes());
      file.toFile().setExecutable(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** What a Linux kernel lets a test program print. */
  public static String expected(String name) {
    return text(PREBUILT + name);
  }

  /** A text beside the tests. */
  public static String text(String name) {
    try (InputStream in = Guests.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
