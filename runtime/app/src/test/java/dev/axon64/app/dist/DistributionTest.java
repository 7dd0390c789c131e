package dev.axon64.app.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.documents.Links;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people unpack: its documents lead somewhere, and its launcher runs. */
class DistributionTest {
  @TempDir private static Path folder;

  private static Path unpacked;

  @BeforeAll
  static void unpack() throws IOException {
    Path archive = Path.of(System.getProperty("axon64.distribution"));
    assertTrue(Files.exists(archive), archive + " is missing; run mvn package first");
    try (FileSystem zip =
            FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        Stream<Path> files = Files.walk(zip.getPath("/"))) {
      files.filter(Files::isRegularFile).forEach(DistributionTest::copy);
    }
    try (Stream<Path> top = Files.list(folder)) {
      unpacked = top.findFirst().orElseThrow();
    }
  }

  private static void copy(Path from) {
    try {
      Path to = folder.resolve(from.toString().substring(1));
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> documents =
        Links.documents(unpacked).stream().map(f -> unpacked.relativize(f).toString()).toList();
    assertTrue(documents.containsAll(List.of("README.md", "docs/extending.md")), "" + documents);
    assertEquals(List.of(), Links.broken(unpacked));
  }

  /** Each library of others is in the notice, and its licence is there. */
  @Test
  void othersAreNamedWithTheirLicences() throws IOException {
    List<String> notice = Files.readAllLines(unpacked.resolve("NOTICE"));
    try (Stream<Path> libraries = Files.list(unpacked.resolve("lib"))) {
      for (Path library : libraries.toList()) {
        String name = library.getFileName().toString().replaceFirst("-[0-9.]+\\.jar$", "");
        if (!name.startsWith("axon64-")) {
          String line =
              notice.stream().filter(l -> l.startsWith("  " + name + " ")).findFirst().orElse("");
          assertTrue(!line.isEmpty(), name + " is not in NOTICE");
          String licence = line.substring(line.lastIndexOf(' ') + 1);
          assertTrue(Files.size(unpacked.resolve(licence)) > 0, licence);
        }
      }
    }
  }

  @Test
  void shellsFindTheirFiles() throws IOException {
    for (String file :
        List.of(
            "bin/axon64.bat",
            "share/bash-completion/completions/axon64",
            "share/man/man1/axon64.1",
            "share/man/man1/axon64-run.1")) {
      assertTrue(Files.size(unpacked.resolve(file)) > 0, file);
    }
    String batch = Files.readString(unpacked.resolve("bin/axon64.bat"));
    assertEquals(
        batch.lines().count(), batch.split("\r\n").length, "lines end as Windows has them");
  }

  @Test
  void theLauncherRuns() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            unpacked.resolve("bin/axon64").toString(), "disasm", "--word", "8b020020");
    command.environment().put("AXON64_JAVA_HOME", System.getProperty("java.home"));
    command.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = command.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("       0:\t8b020020 \tadd\tx0, x1, x2", out.stripTrailing());
    assertTrue(Files.size(unpacked.resolve("axon64.aot")) > 0, "the next start is a quick one");
  }
}
