package dev.axon64.app.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.companion.record.LoopSample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code trace} writes of the first part of the demo program. */
class TraceCommandTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root", ".."));

  /** 128 + SIGXCPU: the program is cut off. */
  private static final int CUT_OFF = 152;

  private static String run(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    Path models = ROOT.resolve("weights/models");
    all.addAll(List.of("--spec", models.resolve("a64.spec").toString()));
    all.addAll(List.of("--weights", models.resolve("a64.npy").toString()));
    all.addAll(List.of("--max-instructions", "3000000"));
    all.add(ROOT.resolve("runtime/guests/prebuilt/demo/sieve").toString());
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new TraceCommand()).setErr(new PrintWriter(err));
    assertEquals(CUT_OFF, line.execute(all.toArray(String[]::new)), err.toString());
    return err.toString();
  }

  @Test
  void loopsAreRecorded(@TempDir Path folder) {
    Path file = folder.resolve("loops.npy");
    run("--loops", file.toString());
    assertFalse(LoopSample.read(file).isEmpty());
  }

  @Test
  void accessesAreRecorded(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("memory.npy");
    run("--memory", file.toString());
    assertFalse(AccessSample.read(file).isEmpty());
    Path again = folder.resolve("again.npy");
    run("--memory", again.toString());
    assertEquals(-1, Files.mismatch(file, again), "the same run gives the same recording");
  }

  @Test
  void theOracleStandsBesideTheBaselines() {
    String table = run("--cache");
    for (String name : List.of("none", "next line", "stride table", "best offset")) {
      assertTrue(table.contains(name), table);
    }
    assertTrue(table.contains("memory oracle"), table);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    for (List<String> options :
        List.of(
            List.of("--oracle", "weights.npy"),
            List.of("--loops", "a.npy", "--memory", "b.npy"),
            List.of("--cache", "--loops", "a.npy"))) {
      List<String> all = new ArrayList<>(options);
      Path models = ROOT.resolve("weights/models");
      all.addAll(List.of("--spec", models.resolve("a64.spec").toString()));
      all.addAll(List.of("--weights", models.resolve("a64.npy").toString(), "program"));
      Exception[] failure = new Exception[1];
      new CommandLine(new TraceCommand())
          .setExecutionExceptionHandler(
              (e, line, parsed) -> {
                failure[0] = e;
                return 2;
              })
          .execute(all.toArray(String[]::new));
      assertInstanceOf(InputException.class, failure[0], options.toString());
    }
  }
}
