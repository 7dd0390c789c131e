package dev.axon64.app.train;

import dev.axon64.codegen.support.InputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code axon64 learn} where nothing can train: it says what to do. In a source checkout the
 * launcher hands the command to the trainers, which are built with PyTorch's libraries.
 */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    description = CompanionLearnOptions.DESCRIPTION)
public final class LearnCommand implements Callable<Integer> {
  @Mixin private CompanionLearnOptions options;

  @Override
  public Integer call() {
    throw new InputException(
        "learn",
        "needs PyTorch's libraries, which are not part of a distribution; run './axon64 learn"
            + " --traces %s' in a source checkout, whose launcher fetches them"
                .formatted(options.plan().traces()));
  }
}
