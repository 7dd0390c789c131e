package dev.axon64.bench.emulate;

import java.io.IOException;
import java.nio.file.Path;

/** qemu-aarch64, where it is installed, as a process. */
final class Qemu {
  private Qemu() {}

  static boolean isPresent() {
    try {
      return new ProcessBuilder("qemu-aarch64", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs a guest to its end. */
  static int run(Path file, long rounds) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("qemu-aarch64", file.toString(), Long.toString(rounds), "1")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("qemu-aarch64 exited with " + status);
    }
    return status;
  }
}
