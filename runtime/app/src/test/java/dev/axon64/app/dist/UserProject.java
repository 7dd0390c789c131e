package dev.axon64.app.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Projects of the test resources, which are built somewhere else. */
final class UserProject {
  private static final Path RESOURCES =
      Path.of(System.getProperty("axon64.root"), "runtime/app/src/test/resources");

  private UserProject() {}

  /** The folder of a project in the sources. */
  static Path source(String name) {
    return RESOURCES.resolve(name);
  }

  /** Copies a project. */
  static void copy(String name, Path to) throws IOException {
    Path from = source(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /**
   * Runs a command, on the JDK of the tests if it looks for one.
   *
   * @return what it printed; it must succeed
   */
  static String run(Path where, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).directory(where.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running: " + String.join(" ", command));
    assertEquals(0, process.exitValue(), output);
    return output;
  }
}
