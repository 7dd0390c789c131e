package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.engine.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A C program, compiled for the host and for the guest. */
final class KernelCase {
  private static final String HOST_COMPILER = "/usr/bin/gcc";
  private static final String GUEST_COMPILER = "/usr/bin/aarch64-linux-gnu-gcc";
  private static final long MOST_INSTRUCTIONS = 500_000_000;

  private final Path folder;
  private final Path here;
  private final Path guest;

  private KernelCase(Path folder, Path here, Path guest) {
    this.folder = folder;
    this.here = here;
    this.guest = guest;
  }

  /** Compiles a case that lies beside the tests; skips the test where there are no compilers. */
  static KernelCase compile(Path folder, String name) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(HOST_COMPILER)), "needs " + HOST_COMPILER);
    KernelCase program = compileForTheGuest(folder, name);
    compile(HOST_COMPILER, folder.resolve(name + ".c"), program.here, List.of("-ldl"));
    return program;
  }

  /** The same of a case that the host's processor cannot run. */
  static KernelCase compileForTheGuest(Path folder, String name)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(GUEST_COMPILER)), "needs " + GUEST_COMPILER);
    Path source = bring(folder, name + ".c");
    bring(folder, "shared.h");
    Path here = folder.resolve(name + ".here");
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("work"));
    Path guest = root.resolve(name);
    compile(GUEST_COMPILER, source, guest, List.of("-static"));
    return new KernelCase(folder, here, guest);
  }

  private static Path bring(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = KernelCase.class.getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static void compile(String compiler, Path source, Path to, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(compiler, "-w", "-O1", "-pthread", "-o", to.toString()));
    command.add(source.toString());
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), messages);
  }

  /** What the host's kernel lets it print, and its exit status. */
  String onTheHost() throws IOException, InterruptedException {
    Path work = workIn(folder);
    Process process =
        new ProcessBuilder(here.toString())
            .directory(work.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "ends");
    return output + "status " + process.exitValue();
  }

  /** A new folder that every user may walk through. */
  private static Path workIn(Path folder) throws IOException {
    Path work = Files.createTempDirectory(folder, "work");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    return work;
  }

  /** The folder of the guest's files. */
  Path root() {
    return guest.getParent();
  }

  /**
   * What it prints here, and its exit status.
   *
   * @param flat whether memory lies outside the heap
   */
  String here(Supplier<Engine> engines, boolean flat) throws IOException {
    Path work = workIn(root());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        machine(engines, flat, output).workingFolder("/" + work.getFileName()).build().run();
    return output.toString(StandardCharsets.ISO_8859_1) + "status " + status.shellCode();
  }

  /** A machine that is about to run it here. */
  LinuxMachine.Builder machine(Supplier<Engine> engines, boolean flat, OutputStream output) {
    return new LinuxMachine.Builder(engines)
        .flatMemory(flat)
        .program("/" + guest.getFileName())
        .root(guest.getParent())
        .writable(true)
        .workingFolder("/work")
        .limits(Limits.DEFAULT.withInstructions(MOST_INSTRUCTIONS))
        .stdout(output);
  }
}
