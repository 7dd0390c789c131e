package dev.axon64.codegen.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.CompanionGenerator;
import dev.axon64.codegen.GenerationFailure;
import dev.axon64.codegen.Generator;
import dev.axon64.codegen.KernelGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Generators run inside of others' builds, whose JVM is not theirs to end. */
class GenerationFailureTest {
  @TempDir private Path folder;

  private static GenerationFailure failure(Executable main) {
    GenerationFailure failure = assertThrows(GenerationFailure.class, main);
    assertEquals(0, failure.getStackTrace().length, "one line on a screen");
    assertTrue(failure.toString().startsWith("axon64: "), failure::toString);
    return failure;
  }

  @Test
  void allOfThemThrow() throws Exception {
    Path spec = folder.resolve("mine.spec");
    Files.writeString(spec, "nonsense here\n");
    String java = folder.resolve("java").toString();
    String message =
        failure(
                () ->
                    Generator.main(
                        new String[] {
                          "--spec", spec.toString(), "--weights", spec.toString(), "--java", java
                        }))
            .getMessage();
    assertTrue(message.contains("mine.spec:1"), message);
    failure(() -> Generator.main(new String[] {"--nonsense"}));
    failure(() -> Generator.main(new String[] {"--model", "a64"}));
    failure(() -> KernelGenerator.main(new String[] {"--spec"}));
    failure(() -> CompanionGenerator.main(new String[] {"--nonsense"}));
  }
}
