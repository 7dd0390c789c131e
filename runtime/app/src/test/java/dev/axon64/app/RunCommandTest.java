package dev.axon64.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.axon64.codegen.support.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code run} refuses before it looks for the program. */
class RunCommandTest {
  private static void refused(String message, String... arguments) {
    Exception[] failure = new Exception[1];
    int status =
        new CommandLine(new RunCommand())
            .setErr(new PrintWriter(new StringWriter()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (e, line, parsed) -> {
                  failure[0] = e;
                  return 2;
                })
            .execute(arguments);
    assertEquals(2, status);
    assertInstanceOf(InputException.class, failure[0]);
    assertEquals(message, failure[0].getMessage());
  }

  @Test
  void anEngineThatIsNotThere() {
    // The module with the third engine is not on this class path.
    refused(
        "--engine turbo: no such engine; one of [scalar, lanes, metal]",
        "--engine",
        "turbo",
        "program");
  }

  @Test
  void lanesDecideByPage() {
    refused(
        "--dispatch each: the engine lanes dispatches by page only; leave it out or choose another"
            + " --engine",
        "--engine",
        "lanes",
        "--dispatch",
        "each",
        "program");
  }

  @Test
  void lanesDoNotCount() {
    refused(
        "--stats: the engine lanes does not count what it executes; leave it out or choose"
            + " --engine scalar",
        "--engine",
        "lanes",
        "--stats",
        "program");
    refused(
        "--stats-json: the engine lanes does not count what it executes; leave it out or choose"
            + " --engine scalar",
        "--engine",
        "lanes",
        "--stats-json",
        "program");
  }
}
