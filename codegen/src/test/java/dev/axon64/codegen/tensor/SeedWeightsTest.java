package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The published weights, which are not part of the repository. */
class SeedWeightsTest {
  private static Path seed(String name) {
    Path file = Path.of(System.getProperty("axon64.shared", "../shared"), "seed", name);
    Assumptions.assumeTrue(
        Files.exists(file), () -> "skipped: the published weights are not at " + file);
    return file;
  }

  @Test
  void checkpointAndFlatFileHoldTheSameBits() {
    List<Tensor> tensors = TensorFiles.read(seed("dispatch_embedding_model_100pct.pt"));
    assertEquals(
        List.of(
            "tensor 'opcode_embedding.weight' [256, 32]",
            "tensor 'fc1.weight' [32, 44]",
            "tensor 'fc1.bias' [32]",
            "tensor 'fc2.weight' [16, 32]",
            "tensor 'fc2.bias' [16]",
            "tensor 'fc3.weight' [7, 16]",
            "tensor 'fc3.bias' [7]"),
        tensors.stream().map(Tensor::toString).toList());
    Tensor flat = TensorFiles.read(seed("dispatch_weights_embedding_100pct.npy")).get(0);
    float[] joined = new float[10_279];
    int at = 0;
    for (Tensor tensor : tensors) {
      System.arraycopy(tensor.data(), 0, joined, at, tensor.size());
      at += tensor.size();
    }
    assertEquals(joined.length, at);
    assertEquals(flat, new Tensor("", List.of(joined.length), joined));
  }

  @Test
  void writingAFlatFileAgainGivesItsBytes() throws IOException {
    Path file = seed("dispatch_weights_embedding_100pct.npy");
    assertArrayEquals(Files.readAllBytes(file), TensorFiles.npy(TensorFiles.read(file).get(0)));
  }
}
