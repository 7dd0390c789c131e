package dev.axon64.runtime.cli;

import dev.axon64.codegen.support.InputException;
import dev.axon64.runtime.engine.Engine;
import dev.axon64.runtime.extend.ExtendedModel;
import java.nio.file.Path;
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
   * @param profiled whether counts are wanted, which these engines do not keep
   */
  Optional<Supplier<Engine>> engines(boolean profiled) {
    if (folder != null && profiled) {
      throw new InputException("--stats", "does not go with --extension; leave one out");
    }
    return Optional.ofNullable(folder).map(dir -> ExtendedModel.read(dir).engines());
  }
}
