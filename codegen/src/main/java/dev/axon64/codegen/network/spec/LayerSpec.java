package dev.axon64.codegen.network.spec;

/**
 * A fully connected layer.
 *
 * @param name its name in the spec, unique
 * @param inputs values it reads
 * @param outputs units it has
 * @param activation what follows the sums
 */
public record LayerSpec(String name, int inputs, int outputs, Activation activation) {
  /** What a layer does with its sums. */
  public enum Activation {
    RELU,
    LINEAR
  }
}
