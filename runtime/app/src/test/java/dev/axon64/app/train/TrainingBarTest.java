package dev.axon64.app.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.app.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bar of training at a real terminal, which {@code script} makes. */
class TrainingBarTest {
  private static final String ESCAPE = "\u001b";

  @TempDir private Path folder;

  private String train(Map<String, String> environment) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "skipped: no script(1)");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        String.join(
            " ",
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train --epochs 20 --keep-inexact --out",
            folder.toString());
    ProcessBuilder script =
        new ProcessBuilder("/usr/bin/script", "-qec", command, "/dev/null")
            .redirectErrorStream(true);
    script.environment().put("TERM", "xterm");
    script.environment().putAll(environment);
    Process process = script.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), said);
    return said;
  }

  @Test
  void aBarWithoutColours() throws IOException, InterruptedException {
    String said = train(Map.of("NO_COLOR", "1"));
    assertTrue(said.contains("epochs"), said);
    assertFalse(said.matches("(?s).*" + ESCAPE + "\\[[0-9;]*m.*"), said);
  }

  @Test
  void noBarWhereNothingMoves() throws IOException, InterruptedException {
    String said = train(Map.of("TERM", "dumb"));
    assertFalse(said.contains(ESCAPE), said);
    assertFalse(said.contains("epochs ["), said);
    assertFalse(said.replace("\r\n", "").contains("\r"), said);
  }
}
