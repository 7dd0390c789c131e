package dev.axon64.app.weights;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code axon64 learn} where nothing can train: it tells what to do. In a source checkout the
 * launcher hands the command to the trainers, which are built with PyTorch's libraries.
 */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    description = CompanionLearnOptions.DESCRIPTION)
public final class LearnCommand implements Tool, Callable<Integer> {
  @Mixin private CompanionLearnOptions options;

  @Override
  public Integer call() {
    throw new InputException(
        "learn",
        "needs PyTorch's libraries, which are not part of a distribution; run './axon64 learn --traces "
            + options.traces()
            + "' in a source checkout, whose launcher fetches them");
  }
}
