package dev.axon64.app.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The weights that companion networks have. */
public final class CompanionOptions {
  @Option(
      names = "--companions",
      paramLabel = "DIR",
      description =
          "Take the networks' weights from this folder, which 'axon64 learn' fills. Networks that it"
              + " does not hold have the shipped ones.")
  private Optional<Path> folder;

  /** The folder that was given, which may hold no weights. */
  public Optional<Path> folder() {
    return folder;
  }
}
