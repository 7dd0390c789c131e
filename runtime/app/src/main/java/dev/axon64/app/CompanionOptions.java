package dev.axon64.app;

import dev.axon64.propose.companion.CompanionFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which weights the companion networks have. */
final class CompanionOptions {
  @Option(
      names = "--companions",
      paramLabel = "DIR",
      description =
          "Take the networks' weights from this folder, which 'axon64 learn' fills; for networks that"
              + " it does not hold, the shipped ones.")
  private Path folder;

  /**
   * The folder that was given.
   *
   * @throws dev.axon64.codegen.support.InputException if it holds no weights
   */
  Optional<CompanionFolder> folder() {
    return Optional.ofNullable(folder).map(CompanionFolder::of);
  }
}
