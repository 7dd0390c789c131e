package dev.axon64.codegen.network;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.TensorSlot;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads weights from tensor files, and turns them back into tensors. */
public final class NetworkFiles {
  private NetworkFiles() {}

  /**
   * Reads a {@code .npy}, {@code .pt} or {@code .safetensors} file.
   *
   * @throws InputException if the file or what it holds does not fit the spec
   */
  public static Network read(DispatchSpec spec, Path file) {
    return of(spec, TensorFiles.read(file), file.toString());
  }

  /**
   * Makes a network of tensors: one flat vector in the spec's layout, or the spec's tensors by
   * name, or as many tensors in the spec's order. In the last case order and shape decide, since
   * names differ between frameworks.
   */
  public static Network of(DispatchSpec spec, List<Tensor> tensors, String where) {
    if (tensors.size() == 1 && spec.tensors().size() > 1) {
      return Network.of(spec, tensors.get(0).data(), where);
    }
    List<TensorSlot> slots = spec.tensors();
    if (tensors.size() != slots.size()) {
      throw new InputException(
          where,
          "holds "
              + tensors.size()
              + " tensors; spec '"
              + spec.name()
              + "' needs "
              + slots.size()
              + ", or one flat vector");
    }
    List<Tensor> ordered = ordered(slots, tensors);
    float[] flat = new float[spec.parameters()];
    for (int i = 0; i < slots.size(); i++) {
      copy(ordered.get(i), slots.get(i), flat, where);
    }
    return Network.of(spec, flat, where);
  }

  /** The network's weights as the spec's tensors, in its order. */
  public static List<Tensor> tensors(Network network) {
    float[] flat = network.weights();
    return network.spec().tensors().stream()
        .map(s -> new Tensor(s.name(), s.shape(), Arrays.copyOfRange(flat, s.offset(), s.end())))
        .toList();
  }

  private static void copy(Tensor tensor, TensorSlot slot, float[] flat, String where) {
    if (!tensor.shape().equals(slot.shape())) {
      String shape = new TensorSlot("", tensor.shape(), 0).shapeText();
      throw new InputException(
          where,
          "tensor '"
              + tensor.name()
              + "' is "
              + shape
              + "; '"
              + slot.name()
              + "' needs "
              + slot.shapeText());
    }
    System.arraycopy(tensor.data(), 0, flat, slot.offset(), slot.size());
  }

  /**
   * Orders tensors by name where every name is there, since some formats sort by name, and else
   * keeps the file's order.
   */
  private static List<Tensor> ordered(List<TensorSlot> slots, List<Tensor> tensors) {
    List<Tensor> byName = new ArrayList<>();
    for (TensorSlot slot : slots) {
      tensors.stream().filter(t -> t.name().equals(slot.name())).findFirst().ifPresent(byName::add);
    }
    return byName.size() == slots.size() ? byName : tensors;
  }
}
