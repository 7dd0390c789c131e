package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dynamic program of the host whose loader and libraries are in a sysroot. */
class SysrootTest {
  @TempDir private Path folder;

  private Path arm64;

  @BeforeEach
  void find() {
    String named = System.getenv("AXON64_ROOT");
    assumeTrue(
        named != null && Files.exists(Path.of(named, "bin/cat")),
        "skipped: AXON64_ROOT names no folder with arm64 programs, as .ci/run makes");
    arm64 = Path.of(named);
  }

  private LinuxMachine.Builder machine(Path program, ByteArrayOutputStream output) {
    return new LinuxMachine.Builder(
            Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null))
        .program(program.toString())
        .stdout(output)
        .stderr(output);
  }

  private static String run(LinuxMachine.Builder machine, ByteArrayOutputStream output) {
    ExitStatus status = machine.build().run();
    String text = output.toString(StandardCharsets.UTF_8);
    assertEquals(0, status.shellCode(), text);
    return text;
  }

  @Test
  void aProgramFindsItsLibraries() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    LinuxMachine.Builder ls = machine(arm64.resolve("bin/ls"), output).arguments(List.of("/"));
    assertThrows(InputException.class, () -> ls.build().run(), "without a sysroot");
    String said = run(ls.sysroot(arm64), output);
    assertEquals(List.of("dev", "ls", "proc", "tmp"), said.lines().toList());
  }

  @Test
  void itsFilesAreThoseOfTheRoot() throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("etc/mine"), "of the root\n");
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(arm64.resolve("bin/cat"), folder.resolve("bin/own"));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    LinuxMachine.Builder cat =
        machine(Path.of("/bin/own"), output)
            .root(folder)
            .sysroot(arm64)
            .arguments(List.of("/etc/mine", "/etc/debian_version"));
    String said = run(cat, output);
    assertTrue(said.startsWith("of the root\n"), said);
    assertTrue(said.endsWith(Files.readString(arm64.resolve("etc/debian_version"))), said);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    LinuxMachine.Builder machine =
        machine(arm64.resolve("bin/ls"), new ByteArrayOutputStream()).sysroot(Path.of("/nope"));
    InputException e = assertThrows(InputException.class, () -> machine.build().run());
    assertEquals("/nope: cannot be used as a sysroot; give a folder that exists", e.getMessage());
  }
}
