package dev.axon64.codegen.network.spec;

import java.util.List;
import java.util.Optional;

/**
 * A validated dispatch spec: what the network reads, its layers, how it decides, where its weights
 * lie, and which kernel each word ought to get.
 *
 * @param name the model's name
 * @param index the field that selects a row of the embedding
 * @param embeddingWidth values in a row
 * @param features inputs of the first layer after the row, in order
 * @param layers from the first to the one that gives the scores
 * @param decision how scores become a kernel
 * @param kernels kernel names by index
 * @param groups encoding groups in order; the last matches every word
 * @param tensors the flat layout, in order and without gaps
 * @param files the texts it was read from, the main one first
 */
public record DispatchSpec(
    String name,
    BitField index,
    int embeddingWidth,
    List<Feature> features,
    List<LayerSpec> layers,
    Decision decision,
    List<String> kernels,
    List<EncodingGroup> groups,
    List<TensorSlot> tensors,
    List<SpecFile> files) {

  /** The embedding's tensor name; a layer's are {@code NAME.weight} and {@code NAME.bias}. */
  public static final String EMBEDDING = "embedding";

  public DispatchSpec {
    features = List.copyOf(features);
    layers = List.copyOf(layers);
    kernels = List.copyOf(kernels);
    groups = List.copyOf(groups);
    tensors = List.copyOf(tensors);
    files = List.copyOf(files);
  }

  /** The number of float32 in the flat weight vector. */
  public int parameters() {
    return tensors.get(tensors.size() - 1).end();
  }

  /** The number of rows of the embedding. */
  public int embeddingRows() {
    return index.mask() + 1;
  }

  /** The kernel that a word ought to get, by its encoding group alone. */
  public int label(int word) {
    for (EncodingGroup group : groups) {
      if (group.matches(word)) {
        return group.kernel();
      }
    }
    throw new IllegalStateException("a validated spec has a last group that matches every word");
  }

  /** The word bits that labels depend on. */
  public int labelMask() {
    return groups.stream().mapToInt(EncodingGroup::mask).reduce(0, (a, b) -> a | b);
  }

  /** The word bits that the network reads. */
  public int wordMask() {
    return (int) readMask(Source.WORD);
  }

  /** The pc bits that the network reads. */
  public long pcMask() {
    return readMask(Source.PC);
  }

  /** The slot of that name; a validated spec has one for the embedding and two per layer. */
  public TensorSlot tensor(String tensorName) {
    return tensors.stream()
        .filter(slot -> slot.name().equals(tensorName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + tensorName));
  }

  private long readMask(Source source) {
    long mask = index.source() == source ? (long) index.mask() << index.low() : 0;
    for (Feature feature : features) {
      Optional<BitField> field = feature.field().filter(f -> f.source() == source);
      mask |= field.map(f -> (long) f.mask() << f.low()).orElse(0L);
    }
    return mask;
  }
}
