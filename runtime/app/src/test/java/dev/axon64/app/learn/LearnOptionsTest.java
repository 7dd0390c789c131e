package dev.axon64.app.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, in one line that says what to do. */
class LearnOptionsTest {
  @TempDir private Path folder;

  private static void refused(String why, String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertEquals(2, Main.run(arguments));
    } finally {
      System.setErr(before);
    }
    String text = err.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(why), text);
    assertEquals(1, text.lines().filter(line -> line.startsWith("axon64: ")).count(), text);
  }

  @Test
  void learningOptionsWithoutLearning() {
    refused("go with --learn; add it", "run", "--learn-from", "random", "program");
  }

  @Test
  void learningOnOtherEngines() {
    refused("goes with --engine scalar", "run", "--learn", "--engine", "lanes", "program");
    refused("goes with --engine scalar", "run", "--learn", "--dispatch", "each", "program");
  }

  @Test
  void seedThatIsNoNumber() {
    refused("has no number after random:", "run", "--learn", "--learn-from", "random:x", "p");
  }

  @Test
  void weightsThatAreNotThere() {
    refused("no such file", "run", "--learn", "--learn-from", folder + "/none.npy", "program");
  }

  @Test
  void extensionOfAnotherFolderOrWithOtherOptions() throws Exception {
    refused("must hold one *.spec and holds none", "run", "--extension", folder + "", "program");
    refused(
        "--learn: does not go with --extension", "run", "--learn", "--extension", folder + "", "p");
    Files.writeString(folder.resolve("my.isa"), "kernel USER;\n");
    refused(
        "kernel USER: has no instruction",
        "extend",
        "--isa",
        folder.resolve("my.isa").toString(),
        "--kernel",
        "USER",
        "--out",
        folder + "/out");
  }
}
