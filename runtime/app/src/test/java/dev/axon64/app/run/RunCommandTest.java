package dev.axon64.app.run;

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
    refused(
        "engine turbo: no such engine; one of [scalar, executor, gpu, lanes, translated]",
        "--engine",
        "turbo",
        "program");
  }

  @Test
  void aDisplayThatIsNotThere() {
    String names = "give none, web, web:PORT, window or image:FILE";
    refused("--display tv: is no display; " + names, "--display", "tv", "program");
    refused("--display web:70000: is no display; " + names, "--display", "web:70000", "program");
  }

  @Test
  void displaysHaveASize() {
    String[] wrong = {"1024", "0x10", "10x", "9000x10", "1x1x1"};
    for (String size : wrong) {
      refused(
          "--display-size %s: is no size of a display; give WIDTHxHEIGHT, each side up to 8192"
              .formatted(size),
          "--display",
          "web",
          "--display-size",
          size,
          "program");
    }
    refused("--display-size: goes with --display; add it", "--display-size", "9x9", "program");
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

  @Test
  void someEnginesExecuteEverything() {
    refused(
        "--accelerate: with --dispatch each every instruction is executed; leave out one of the two",
        "--accelerate",
        "loops",
        "--dispatch",
        "each",
        "program");
    refused(
        "--accelerate: the engine executor executes every instruction; leave it out or choose --engine"
            + " scalar",
        "--accelerate",
        "all",
        "--engine",
        "metal",
        "program");
    refused(
        "--learn: learns from every instruction, and --accelerate skips some; leave one of them out",
        "--learn",
        "--accelerate",
        "patterns",
        "program");
  }

  @Test
  void checksAreOfTranslatedCode() {
    refused(
        "--check scalar: is for translated code; add --engine translated",
        "--engine",
        "scalar",
        "--check",
        "scalar",
        "program");
    refused(
        "--check lanes: is no engine to be held to; give scalar",
        "--engine",
        "translated",
        "--check",
        "lanes",
        "program");
    refused(
        "--accelerate: does not go with --check; leave one or the other out",
        "--engine",
        "translated",
        "--check",
        "scalar",
        "--accelerate",
        "prefetch",
        "program");
  }

  @Test
  void extensionsHaveAnEngineOfTheirOwn() {
    refused(
        "--engine, --dispatch, --stats: do not go with --extension; leave one or the other out",
        "--extension",
        "folder",
        "--engine",
        "scalar",
        "--dispatch",
        "page",
        "--stats",
        "program");
  }

  @Test
  void whatMeansNothing() {
    refused(
        "--accelerate everything: is nothing that can be accelerated; give loops, patterns, prefetch,"
            + " all or none",
        "--accelerate",
        "everything",
        "program");
    refused(
        "--snapshot-after -1: is before the program begins; give 0 or more",
        "--snapshot",
        "file",
        "--snapshot-after",
        "-1",
        "program");
    refused("--env =A: is no NAME=VALUE, and no NAME", "--env", "=A", "program");
    refused(
        "--max-tasks 0: leaves nothing to run with; give 1 or more", "--max-tasks", "0", "program");
    refused("PROGRAM: is missing; name the program to run");
  }
}
