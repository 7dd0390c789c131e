package dev.axon64.app.batch;

import dev.axon64.app.guest.GuestRequest;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Runs the guests of a batch, each in a machine of its own, and keeps what came of them. Safe for
 * use by several threads.
 */
final class BatchGuests {
  private static final String INPUT = "{}";
  private static final int MOST_MESSAGES = 1 << 16;

  private final GuestRequest request;
  private final BatchFiles files;
  private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

  BatchGuests(GuestRequest request, BatchFiles files) {
    this.request = request;
    this.files = files;
  }

  /** Refuses what cannot run. */
  void check() {
    if (request.program().isEmpty()) {
      throw new InputException("PROGRAM", "is missing; name the program to run");
    }
    if (request.writable()) {
      throw new InputException(
          "--writable",
          "would let guests that run at once change one another's files; leave it out");
    }
    if (takesPath() && (request.root().isEmpty() || !below(request.root().get()))) {
      throw new InputException(
          "ARG " + INPUT, "is the input's path for the guest; put --inputs below --root");
    }
  }

  private boolean takesPath() {
    return request.arguments().contains(INPUT);
  }

  private boolean below(Path root) {
    return files
        .inputs()
        .toAbsolutePath()
        .normalize()
        .startsWith(root.toAbsolutePath().normalize());
  }

  /** All outcomes by input. */
  List<Outcome> outcomes() {
    return outcomes.stream().sorted(Comparator.comparing(Outcome::input)).toList();
  }

  /** Runs a guest, and writes what it wrote once it has ended. */
  void run(Path input, Supplier<Engine> engines) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    StringBuffer messages = new StringBuffer();
    ExitStatus status;
    try (InputStream stdin =
        takesPath() ? InputStream.nullInputStream() : Files.newInputStream(input)) {
      LinuxMachine.Builder machine =
          new LinuxMachine.Builder(engines)
              .program(request.program().orElseThrow())
              .arguments(request.arguments().stream().map(word -> word(word, input)).toList())
              .environment(request.environment())
              .workingFolder(request.folder().orElse("/"))
              .hostNetwork(request.hostNetwork())
              .limits(request.limits())
              .stdin(stdin)
              .stdout(output)
              .stderr(errors)
              .messages(line -> note(messages, line));
      request.root().ifPresent(machine::root);
      request.sysroot().ifPresent(machine::sysroot);
      status = machine.build().run();
    } catch (IOException e) {
      throw new InputException(input.toString(), "cannot be read", e);
    }
    errors.writeBytes(messages.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    AtomicFiles.write(files.output(input, ".out"), output.toByteArray());
    AtomicFiles.write(files.output(input, ".err"), errors.toByteArray());
    outcomes.add(
        new Outcome(
            input.getFileName().toString(),
            status.shellCode(),
            status.ending(),
            status.instructions(),
            output.size(),
            errors.size()));
  }

  private static void note(StringBuffer messages, String line) {
    if (messages.length() < MOST_MESSAGES) {
      messages.append("axon64: ").append(line).append('\n');
    }
  }

  private String word(String argument, Path input) {
    if (!argument.equals(INPUT)) {
      return argument;
    }
    Path root = request.root().orElseThrow().toAbsolutePath().normalize();
    return "/" + root.relativize(input.toAbsolutePath().normalize());
  }
}
