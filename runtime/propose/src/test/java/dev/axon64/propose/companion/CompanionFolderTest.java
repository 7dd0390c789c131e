package dev.axon64.propose.companion;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.propose.companion.CompanionNetwork.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanionFolderTest {
  private static final Path MODELS =
      Path.of(System.getProperty("axon64.root", "..")).resolve("weights/models");

  @TempDir private Path folder;

  private void copy(String model, String as) throws IOException {
    Files.copy(MODELS.resolve(model + ".safetensors"), folder.resolve(as + ".safetensors"));
  }

  @Test
  void whatTheFolderLacksIsShipped() throws IOException {
    copy("memory-oracle", "memory-oracle");
    CompanionFolder weights = CompanionFolder.of(folder);
    assertTrue(weights.holds(Shape.MEMORY_ORACLE));
    assertFalse(weights.holds(Shape.LOOP_DETECTOR));
    for (Shape shape : Shape.values()) {
      assertTrue(weights.network(shape).graph().name().equals(shape.graph()));
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws IOException {
    copy("memory-oracle", "loop-detector");
    CompanionFolder weights = CompanionFolder.of(folder);
    InputException e =
        assertThrows(InputException.class, () -> weights.network(Shape.LOOP_DETECTOR));
    assertTrue(e.getMessage().contains("loop-detector.safetensors: "), e.getMessage());
  }

  @Test
  void aFolderWithoutWeightsIsRefused() {
    InputException e = assertThrows(InputException.class, () -> CompanionFolder.of(folder));
    assertTrue(e.getMessage().contains("axon64 learn"), e.getMessage());
  }
}
