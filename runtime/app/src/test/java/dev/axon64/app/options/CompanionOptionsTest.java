package dev.axon64.app.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.run.RunCommand;
import dev.axon64.app.trace.TraceCommand;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code --companions DIR}: networks with weights of a folder. */
class CompanionOptionsTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root", ".."));
  private static final Path MODELS = ROOT.resolve("weights/models");
  private static final Path PROGRAM = ROOT.resolve("runtime/guests/prebuilt/demo/sieve");

  /** 128 + SIGXCPU: the program is cut off. */
  private static final int CUT_OFF = 152;

  @TempDir private Path folder;

  private Exception failure;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fill() throws IOException {
    for (String model : List.of("loop-detector", "pattern-recognizer", "memory-oracle")) {
      String file = model + ".safetensors";
      Files.copy(MODELS.resolve(file), folder.resolve(file));
    }
  }

  private int execute(Object command, String... options) {
    List<String> all = new ArrayList<>(List.of("--companions", folder.toString()));
    all.addAll(List.of("--spec", MODELS.resolve("a64.spec").toString()));
    all.addAll(List.of("--weights", MODELS.resolve("a64.npy").toString()));
    all.addAll(List.of("--max-instructions", "2000000"));
    all.addAll(List.of(options));
    all.add(PROGRAM.toString());
    return new CommandLine(command)
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler(
            (e, line, parse) -> {
              failure = e;
              return 2;
            })
        .execute(all.toArray(String[]::new));
  }

  private void refused(Object command, String message, String... options) {
    assertEquals(2, execute(command, options), err.toString());
    assertInstanceOf(InputException.class, failure);
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @Test
  void theyAccelerate() {
    assertEquals(CUT_OFF, execute(new RunCommand(), "--accelerate", "all"), err.toString());
    assertTrue(err.toString().contains("patterns"), err.toString());
  }

  @Test
  void theyPrefetch() {
    assertEquals(CUT_OFF, execute(new TraceCommand(), "--cache"), err.toString());
    assertTrue(err.toString().contains("learnt oracle"), err.toString());
  }

  @Test
  void theyNeedAUse() {
    refused(new RunCommand(), "add --accelerate");
    refused(new TraceCommand(), "give --cache too");
  }

  /** Told before the program starts, though the networks are loaded beside it. */
  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Files.copy(
        MODELS.resolve("a64.safetensors"),
        Files.createDirectory(folder.resolve("x")).resolve("loop-detector.safetensors"));
    Path whole = folder;
    folder = whole.resolve("x");
    refused(new RunCommand(), "loop-detector.safetensors: ", "--accelerate", "loops");
    refused(new TraceCommand(), "holds no memory-oracle.safetensors", "--cache");
    folder = whole.resolve("none");
    refused(new RunCommand(), "holds none of", "--accelerate", "loops");
  }
}
