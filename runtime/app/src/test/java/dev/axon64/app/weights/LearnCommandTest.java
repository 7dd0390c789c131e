package dev.axon64.app.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LearnCommandTest {
  @Command
  private static final class Bare {
    @Mixin private CompanionLearnOptions options;
  }

  private static CompanionLearnOptions options(String... arguments) {
    Bare bare = new Bare();
    new CommandLine(bare).parseArgs(arguments);
    return bare.options;
  }

  private static void refused(Runnable use, String message) {
    InputException e = assertThrows(InputException.class, use::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void withoutTrainersItTellsWhatToDo() {
    Tool tool =
        ServiceLoader.load(Tool.class).stream()
            .filter(provider -> provider.type() == LearnCommand.class)
            .findFirst()
            .orElseThrow()
            .get();
    Exception[] failure = new Exception[1];
    new CommandLine(tool)
        .setExecutionExceptionHandler(
            (e, command, parse) -> {
              failure[0] = e;
              return 2;
            })
        .execute("--traces", "recordings");
    assertTrue(failure[0] instanceof InputException, "" + failure[0]);
    assertTrue(failure[0].getMessage().contains("'./axon64 learn --traces recordings'"));
    assertEquals(1, failure[0].getMessage().lines().count());
  }

  @Test
  void optionsAreChecked() {
    refused(() -> options("--traces", "d", "--model", "oracle").models(), "is none of");
    refused(() -> options("--traces", "d", "--from", "f").models(), "say which with --model");
    refused(() -> options("--traces", "d", "--epochs", "0").epochs(), "teaches nothing");
    refused(() -> options("--traces", "d", "--tolerance", "NaN").gate(), "0 to 100");
    refused(() -> options("--traces", "d", "--tolerance", "-1").gate(), "0 to 100");
  }

  @Test
  void theReportLiesWhereOneLooks() {
    CompanionLearnOptions options = options("--traces", "d", "--out", "o");
    assertEquals(3, options.models().size());
    assertEquals(Path.of("o/learn.html"), options.page());
    assertEquals(Path.of("o/learn.json"), options.json());
    CompanionLearnOptions named = options("--traces", "d", "--report", "r/page.html");
    assertEquals(Path.of("r/page.json"), named.json());
    assertEquals(
        List.of("memory-oracle"),
        options("--traces", "d", "--model", "memory-oracle", "--from", "f").models());
  }
}
