package dev.axon64.app;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.extend.ExtendedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** A model with kernels of the user's own. */
final class ExtensionOptions {
  @Option(
      names = "--extension",
      paramLabel = "DIR",
      description = "Run under a model with instructions of your own: what extend wrote.")
  private Path folder;

  /**
   * Engines of the extended model, if there is one.
   *
   * @param others options that were given and that these engines have no part in
   */
  Optional<Supplier<Engine>> engines(List<String> others) {
    if (folder != null && !others.isEmpty()) {
      throw new InputException(
          others.getFirst(), "does not go with --extension; leave one of them out");
    }
    return Optional.ofNullable(folder).map(dir -> ExtendedModel.read(dir).engines());
  }
}
