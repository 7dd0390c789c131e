package dev.axon64.propose.companion;

import dev.axon64.codegen.support.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where networks take their weights from: a folder such as {@code axon64 learn} fills, and what is
 * shipped for those that it does not hold.
 */
public final class CompanionFolder {
  private static final String SUFFIX = ".safetensors";

  private final Optional<Path> folder;

  private CompanionFolder(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Takes what is shipped, for all networks. */
  public static CompanionFolder shipped() {
    return new CompanionFolder(Optional.empty());
  }

  /**
   * Takes a folder with weights of at least one network.
   *
   * @throws InputException if there are none
   */
  public static CompanionFolder of(Path folder) {
    CompanionFolder weights = new CompanionFolder(Optional.of(folder));
    if (Arrays.stream(CompanionNetwork.Shape.values()).noneMatch(weights::holds)) {
      throw new InputException(
          folder.toString(),
          "holds none of loop-detector.safetensors, pattern-recognizer.safetensors,"
              + " memory-oracle.safetensors; 'axon64 learn' writes them");
    }
    return weights;
  }

  /** Whether a network's weights are in the folder. */
  public boolean holds(CompanionNetwork.Shape shape) {
    return file(shape).isPresent();
  }

  private Optional<Path> file(CompanionNetwork.Shape shape) {
    return folder.map(at -> at.resolve(shape.graph() + SUFFIX)).filter(Files::exists);
  }

  /**
   * A network with its weights.
   *
   * @throws InputException if they do not fit
   */
  public CompanionNetwork network(CompanionNetwork.Shape shape) {
    return file(shape)
        .map(file -> CompanionNetwork.read(shape, file))
        .orElseGet(() -> CompanionNetwork.shipped(shape));
  }
}
