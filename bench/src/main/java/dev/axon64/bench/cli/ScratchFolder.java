package dev.axon64.bench.cli;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for a benchmark's files, which are deleted with it. */
record ScratchFolder(Path path) implements AutoCloseable {
  /**
   * Makes one.
   *
   * @throws InputException if there is no place for it
   */
  static ScratchFolder make() {
    try {
      return new ScratchFolder(Files.createTempDirectory("axon64-bench"));
    } catch (IOException e) {
      throw new InputException(
          System.getProperty("java.io.tmpdir"), "no folder can be made here; set TMPDIR", e);
    }
  }

  /** Deletes it; what cannot be deleted is left to the system. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      return; // the system clears its temporary files itself
    }
  }
}
