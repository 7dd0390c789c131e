package dev.axon64.app.train;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What training writes: all bytes are made before the first file is. */
record TrainingFiles(Map<String, byte[]> byName) {

  static TrainingFiles of(Network network, String json, String markdown, String curve) {
    String name = network.spec().name();
    float[] flat = network.weights();
    return of(name, flat, NetworkFiles.tensors(network), json, markdown, curve);
  }

  /**
   * @param sizes inputs, hidden units layer by layer, scores
   */
  static TrainingFiles ofDense(
      String name, float[] flat, int[] sizes, String json, String markdown, String curve) {
    List<Tensor> tensors = new ArrayList<>();
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      int matrix = sizes[l] * sizes[l - 1];
      tensors.add(
          new Tensor(
              "fc" + l + ".weight",
              List.of(sizes[l], sizes[l - 1]),
              Arrays.copyOfRange(flat, at, at + matrix)));
      at += matrix;
      tensors.add(
          new Tensor(
              "fc" + l + ".bias", List.of(sizes[l]), Arrays.copyOfRange(flat, at, at + sizes[l])));
      at += sizes[l];
    }
    return of(name, flat, tensors, json, markdown, curve);
  }

  private static TrainingFiles of(
      String name, float[] flat, List<Tensor> tensors, String json, String markdown, String curve) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + ".npy", TensorFiles.npy(new Tensor("", List.of(flat.length), flat)));
    files.put(name + ".safetensors", TensorFiles.safetensors(tensors, new TreeMap<>()));
    files.put(name + ".card.json", json.getBytes(StandardCharsets.UTF_8));
    files.put(name + ".card.md", markdown.getBytes(StandardCharsets.UTF_8));
    files.put(name + ".curve.svg", curve.getBytes(StandardCharsets.UTF_8));
    return new TrainingFiles(files);
  }

  void write(Path folder) {
    byName.forEach((name, bytes) -> AtomicFiles.write(folder.resolve(name), bytes));
  }
}
