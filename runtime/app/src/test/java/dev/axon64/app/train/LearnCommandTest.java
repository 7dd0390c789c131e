package dev.axon64.app.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.finetune.FineTunePlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LearnCommandTest {
  @Command
  private static final class Bare {
    @Mixin private CompanionLearnOptions options;
  }

  private static FineTunePlan plan(String... arguments) {
    Bare bare = new Bare();
    new CommandLine(bare).parseArgs(arguments);
    return bare.options.plan();
  }

  private static void refused(String message, String... arguments) {
    InputException e = assertThrows(InputException.class, () -> plan(arguments));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void withoutTrainersItTellsWhatToDo() {
    Exception[] failure = new Exception[1];
    new CommandLine(new LearnCommand())
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
    refused("is none of", "--traces", "d", "--model", "oracle");
    refused("say which with --model", "--traces", "d", "--from", "f");
    refused("teaches nothing", "--traces", "d", "--epochs", "0");
    refused("0 to 100", "--traces", "d", "--tolerance", "NaN");
    refused("0 to 100", "--traces", "d", "--tolerance", "-1");
  }

  @Test
  void theReportLiesWhereOneLooks() {
    FineTunePlan plan = plan("--traces", "d", "--out", "o");
    assertEquals(3, plan.models().size());
    assertEquals(Path.of("o/learn.html"), plan.page());
    assertEquals(Path.of("o/learn.json"), plan.json());
    FineTunePlan named = plan("--traces", "d", "--report", "r/page.html");
    assertEquals(Path.of("r/page.json"), named.json());
    assertEquals(
        List.of("memory-oracle"),
        plan("--traces", "d", "--model", "memory-oracle", "--from", "f").models());
  }
}
