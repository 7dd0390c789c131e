package dev.axon64.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code run} from and to a snapshot. */
class SnapshotOptionsTest {
  private static final String PROGRAM = "copy";

  @TempDir Path folder;
  private Exception failure;

  private record Run(int status, String err) {}

  private Run run(String... arguments) {
    failure = null;
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new RunCommand())
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(
                (e, line, parsed) -> {
                  failure = e;
                  return 2;
                })
            .execute(arguments);
    return new Run(status, err.toString());
  }

  private void refused(String message, String... arguments) {
    assertEquals(2, run(arguments).status());
    assertInstanceOf(InputException.class, failure);
    assertEquals(message, failure.getMessage());
  }

  private String program() throws IOException {
    Path file = folder.resolve(PROGRAM);
    try (InputStream in =
        SnapshotOptionsTest.class.getResourceAsStream("/dev/axon64/guests/loops/copy")) {
      Files.write(file, in.readAllBytes());
    }
    return file.toString();
  }

  private String snapshot(String after) throws IOException {
    String file = folder.resolve("snapshot").toString();
    Run run = run("--snapshot", file, "--snapshot-after", after, program(), "2", "7");
    assertNull(failure);
    assertEquals(0, run.status());
    assertTrue(
        run.err()
            .matches(
                "axon64: snapshot after 50,000 instructions, \\d+ KiB; go on with run --restore "
                    + file
                    + "\n"),
        run.err());
    return file;
  }

  @Test
  void aGuestGoesOnAndItsPagesAreCounted() throws IOException {
    Run run = run("--restore", snapshot("50000"));
    assertEquals(0, run.status());
    assertTrue(run.err().startsWith("pages "), run.err());
    assertTrue(run.err().lines().skip(1).findFirst().orElse("").startsWith("none "), run.err());
  }

  @Test
  void theCountsAreInTheStatistics() throws IOException {
    Run run = run("--restore", snapshot("50000"), "--accelerate", "prefetch", "--stats-json");
    JsonObject all = JsonParser.parseString(run.err()).getAsJsonObject();
    JsonObject arrivals = all.getAsJsonObject("arrivals");
    assertTrue(arrivals.get("onDemand").getAsLong() > 0);
    assertTrue(arrivals.get("pages").getAsLong() >= arrivals.get("onDemand").getAsLong());
    assertEquals("", arrivals.get("off").getAsString());
    long executed =
        all.getAsJsonObject("kernels").asMap().values().stream()
            .mapToLong(count -> count.getAsLong())
            .sum();
    assertEquals(all.get("instructions").getAsLong(), 50_000 + executed);
  }

  @Test
  void theEndMayComeFirst() throws IOException {
    String program = program();
    String file = folder.resolve("none").toString();
    run("--snapshot", file, "--snapshot-after", "1000000000", program, "2", "7");
    assertTrue(
        failure
            .getMessage()
            .matches(
                "--snapshot-after 1000000000: was not reached, the program ended after \\d+"
                    + " instructions; give fewer"),
        failure.getMessage());
    assertTrue(Files.notExists(Path.of(file)));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    String file = snapshot("50000");
    refused(
        "--snapshot, --snapshot-after: go together; give a file and how many instructions",
        "--snapshot",
        file,
        "program");
    refused(
        "--snapshot, --snapshot-after: go together; give a file and how many instructions",
        "--snapshot-after",
        "5",
        "program");
    refused(
        "--restore " + file + ": goes on with its own program; leave out PROGRAM and what follows",
        "--restore",
        file,
        "program");
    refused(
        "--env: is the restored guest's own already; leave it out",
        "--restore",
        file,
        "--env",
        "A=B");
    refused(
        "--snapshot-after 7: is over: the restored guest has executed 50000 instructions; give"
            + " more",
        "--restore",
        file,
        "--snapshot",
        file,
        "--snapshot-after",
        "7");
    refused(
        "--accelerate prefetch: is for guests from a snapshot and for the shader; give --restore or"
            + " --engine executor too",
        "--accelerate",
        "prefetch",
        "program");
    refused(
        "--restore " + file + ": was taken without a root folder; leave out --root",
        "--restore",
        file,
        "--root",
        folder.toString());
    refused("PROGRAM: is missing; name the program to run");
  }
}
