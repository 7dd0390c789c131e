package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the headers of Linux on AArch64 as a C compiler does, where one is installed. */
public final class CrossCompiler {
  private static final String COMPILER = "aarch64-linux-gnu-gcc";

  private CrossCompiler() {}

  /**
   * Gives a source text to the compiler, which must accept it. Skips the test where there is no
   * compiler.
   *
   * @param options such as {@code -E}
   * @return what it prints
   */
  public static String run(Path folder, String source, String... options)
      throws IOException, InterruptedException {
    boolean there =
        Files.exists(Path.of("/usr/aarch64-linux-gnu/include/asm/sigcontext.h"))
            && Files.exists(Path.of("/usr/bin", COMPILER));
    assumeTrue(there, "needs " + COMPILER + " and its headers");
    Path file = folder.resolve("source.c");
    Files.writeString(file, source);
    List<String> command = new ArrayList<>(List.of(COMPILER));
    command.addAll(List.of(options));
    command.add(file.toString());
    Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, compiler.waitFor(), output);
    return output;
  }
}
