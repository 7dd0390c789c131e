package dev.axon64.linux.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's arm64 programs do here what they do under qemu-aarch64, for each case of {@code
 * programs.list}. The environment variable AXON64_ROOT names a folder in which their packages are
 * unpacked. {@code -Pcampaign} runs all cases and not only the short ones, {@code
 * -Daxon64.programs=REGEX} those whose names have it in them.
 */
class ProgramsTest {
  private static final int SIGKILL = 9;

  /** Exit status of the script that asks qemu where that cannot be done. */
  private static final int NOT_HERE = 77;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> doWhatTheyDoUnderQemu() throws IOException {
    String named = System.getenv("AXON64_ROOT");
    assumeTrue(named != null, "AXON64_ROOT names no folder with arm64 programs, as .ci/run makes");
    Path root = Path.of(named).toAbsolutePath();
    Path asker = resource("under-qemu.sh");
    String chosen = System.getProperty("axon64.programs");
    boolean all = Boolean.getBoolean("axon64.campaign");
    return ProgramCase.read(Files.readAllLines(resource("programs.list"))).stream()
        .filter(
            each ->
                chosen == null
                    ? all || each.isShort()
                    : Pattern.compile(chosen).matcher(each.name()).find())
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> compare(each, root, asker)));
  }

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = getClass().getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private void compare(ProgramCase each, Path root, Path asker) throws Exception {
    assumeTrue(each.missing(root).isEmpty(), () -> "the root lacks " + each.missing(root));
    String expected =
        each.expected().isEmpty() ? underQemu(each, root, asker) : each.expected() + "status 0";
    assertEquals(expected, here(each, root));
  }

  private String underQemu(ProgramCase each, Path root, Path asker) throws Exception {
    Path script = Files.writeString(Files.createTempFile(folder, "case", ".sh"), each.script());
    Path printed = Files.createTempFile(folder, "case", ".out");
    Process process =
        new ProcessBuilder("/bin/sh", asker.toString(), root.toString(), script.toString())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    boolean ended = process.waitFor(minutes(), TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String output = Files.readString(printed, StandardCharsets.ISO_8859_1);
    assumeTrue(ended && process.exitValue() != NOT_HERE, "no answer of qemu-aarch64: " + output);
    return output + "status " + process.exitValue();
  }

  private static int minutes() {
    return Boolean.getBoolean("axon64.campaign") ? 10 : 2;
  }

  private static String here(ProgramCase each, Path root) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    LinuxMachine machine =
        new LinuxMachine.Builder(
                Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null))
            .flatMemory(true)
            .root(root)
            .program("/bin/sh")
            .arguments(List.of("-c", "cd /tmp; " + each.script()))
            .environment(
                List.of(
                    "PATH=" + ProgramCase.PATH,
                    "HOME=/tmp",
                    "LC_ALL=C.UTF-8",
                    "TZ=UTC",
                    "TERM=dumb"))
            .workingFolder("/tmp")
            .clock(GuestClock.host())
            .messages(line -> {})
            .stdin(new ByteArrayInputStream(new byte[0]))
            .stdout(output)
            .stderr(output)
            .build();
    CompletableFuture<ExitStatus> run = CompletableFuture.supplyAsync(machine::run);
    try {
      ExitStatus status = run.get(minutes(), TimeUnit.MINUTES);
      return output.toString(StandardCharsets.ISO_8859_1) + "status " + status.shellCode();
    } catch (TimeoutException e) {
      machine.signal(SIGKILL);
      return output.toString(StandardCharsets.ISO_8859_1) + "did not end";
    }
  }
}
