package dev.axon64.app.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which commit a checkout is at, as git tells. */
final class Commit {
  private Commit() {}

  /**
   * The commit, and whether files differ from it; empty outside a checkout of this folder's own, or
   * without git.
   */
  static Optional<String> of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Optional<String> top = git(real, "rev-parse", "--show-toplevel");
    if (top.isEmpty() || !Path.of(top.get()).toRealPath().equals(real)) {
      return Optional.empty();
    }
    Optional<String> changes = git(real, "status", "--porcelain");
    String suffix = changes.orElse("").isEmpty() ? "" : " with changes";
    return git(real, "rev-parse", "--short=12", "HEAD").map(commit -> commit + suffix);
  }

  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(answer.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no git
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
