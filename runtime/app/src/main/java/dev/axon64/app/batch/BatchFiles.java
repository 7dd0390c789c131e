package dev.axon64.app.batch;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of a batch.
 *
 * @param inputs files that are read, one for each guest
 * @param outputs where the guests' outputs go
 */
record BatchFiles(Path inputs, Path outputs) {
  /**
   * The inputs by name: all files of the folder, those in folders of it left out.
   *
   * @throws InputException if there are none, or outputs would be written among them
   */
  List<Path> list() {
    if (!Files.isDirectory(inputs)) {
      throw new InputException("--inputs " + inputs, "is no folder; name one with a file a guest");
    }
    if (Files.exists(outputs) && !Files.isDirectory(outputs)) {
      throw new InputException("--outputs " + outputs, "is no folder; name one, or a new one");
    }
    if (outputs.toAbsolutePath().normalize().equals(inputs.toAbsolutePath().normalize())) {
      throw new InputException(
          "--outputs " + outputs, "holds the inputs; name another folder, or a new one");
    }
    try (Stream<Path> files = Files.list(inputs)) {
      List<Path> found = files.filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw new InputException("--inputs " + inputs, "has no file; put one there for each guest");
      }
      return found;
    } catch (IOException e) {
      throw new InputException("--inputs " + inputs, "cannot be read", e);
    }
  }

  /** Where what a guest wrote to a stream goes. */
  Path output(Path input, String ending) {
    return outputs.resolve(input.getFileName() + ending);
  }
}
