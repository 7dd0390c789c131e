package dev.axon64.weights.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
  @TempDir private Path folder;

  @Test
  void whatIsReplacedIsKept() throws IOException {
    Succession model = new Succession(folder, "net");
    assertTrue(model.weights().isEmpty());
    model.keep(".safetensors", ".card.md");
    assertFalse(Files.exists(folder.resolve("net.safetensors.previous")), "nothing was there");
    Files.writeString(model.file(".safetensors"), "one");
    model.keep(".safetensors", ".card.md");
    assertEquals("one", Files.readString(model.weights().orElseThrow()), "never without weights");
    Files.writeString(model.file(".safetensors"), "two");
    assertEquals("one", Files.readString(folder.resolve("net.safetensors.previous")));
  }
}
