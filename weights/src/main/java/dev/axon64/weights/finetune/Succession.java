package dev.axon64.weights.finetune;

import dev.axon64.codegen.support.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model's files in a folder, one generation after another: what is replaced is kept beside the
 * new file as {@code FILE.previous}, and can be moved back.
 */
public final class Succession {
  private static final String WEIGHTS = ".safetensors";
  private static final String PREVIOUS = ".previous";

  private final Path folder;
  private final String model;

  /**
   * @param folder need not be there yet
   * @param model what the files' names start with
   */
  public Succession(Path folder, String model) {
    this.folder = folder;
    this.model = model;
  }

  /** A file of the model, by the end of its name. */
  public Path file(String suffix) {
    return folder.resolve(model + suffix);
  }

  /** The weights in service, if this folder has any. */
  public Optional<Path> weights() {
    return Optional.of(file(WEIGHTS)).filter(Files::exists);
  }

  /**
   * Keeps what is there as the previous generation; the weights stay where they are as well, so
   * that there are some at every moment.
   *
   * @throws dev.axon64.codegen.support.InputException if it cannot be kept
   */
  public void keep(String... suffixes) {
    for (String suffix : suffixes) {
      Path file = file(suffix);
      if (Files.exists(file)) {
        AtomicFiles.write(
            file.resolveSibling(file.getFileName() + PREVIOUS), out -> Files.copy(file, out));
      }
    }
  }
}
