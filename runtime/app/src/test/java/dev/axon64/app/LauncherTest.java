package dev.axon64.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the launcher refuses before it starts anything. */
class LauncherTest {
  @Test
  void aJdkThatIsNoneIsNamed() throws IOException, InterruptedException {
    ProcessBuilder launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("axon64.root"), "axon64").toString(), "--version")
            .redirectErrorStream(true);
    launcher.environment().put("AXON64_JAVA_HOME", "/nope");
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor());
    assertEquals("axon64: AXON64_JAVA_HOME=/nope: holds no JDK 25; name one, or unset it\n", said);
  }
}
