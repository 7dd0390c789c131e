package dev.axon64.codegen.emit;

import dev.axon64.codegen.support.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes generated files. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * Writes files; one that is up to date is left untouched, so that a build sees no change.
   *
   * @return their paths, in order
   */
  public static List<Path> write(Path folder, List<SourceFile> files) {
    List<Path> written = new ArrayList<>();
    for (SourceFile file : files) {
      Path target = folder.resolve(file.path());
      byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
      if (!upToDate(target, bytes)) {
        AtomicFiles.write(target, bytes);
      }
      written.add(target);
    }
    return written;
  }

  private static boolean upToDate(Path target, byte[] bytes) {
    return Files.isRegularFile(target)
        && Arrays.equals(AtomicFiles.read(target, Long.MAX_VALUE), bytes);
  }
}
