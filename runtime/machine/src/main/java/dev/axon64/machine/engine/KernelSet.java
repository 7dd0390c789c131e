package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.kernel.Kvrm7Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * The generated kernels of a model. All models execute an instruction by the same method; they
 * differ in which words a kernel owns.
 */
public enum KernelSet {
  /** The kernels of {@code a64}. */
  A64("a64", Kernels.NAMES) {
    @Override
    public int decode(int kernel, int word) {
      return Kernels.decode(kernel, word);
    }
  },

  /**
   * The kernels of {@code kvrm7}, without FPSIMD: FP/SIMD data processing belongs to SYSTEM, which
   * traps as if it were disabled.
   */
  KVRM7("kvrm7", Kvrm7Kernels.NAMES) {
    @Override
    public int decode(int kernel, int word) {
      return Kvrm7Kernels.decode(kernel, word);
    }
  };

  private static final int NOT_OWN = -2;

  private final String model;
  private final List<String> names;

  KernelSet(String model, List<String> names) {
    this.model = model;
    this.names = names;
  }

  /** The kernels' names, by the network's answer. */
  public List<String> names() {
    return names;
  }

  /** Returns what a kernel says a word is; see {@link Kernels#decode}. */
  public abstract int decode(int kernel, int word);

  /** Returns the one kernel that owns a word. */
  public int owner(int word) {
    for (int kernel = 0; kernel < names.size(); kernel++) {
      if (decode(kernel, word) != NOT_OWN) {
        return kernel;
      }
    }
    throw new IllegalStateException("no kernel owns %08x".formatted(word));
  }

  /**
   * Returns the set with a network's kernels. A shipped network is not read for that.
   *
   * @throws InputException if there is none
   */
  static KernelSet of(Network network) {
    return network
        .shippedName()
        .flatMap(name -> Arrays.stream(values()).filter(set -> set.model.equals(name)).findFirst())
        .orElseGet(() -> named(network.spec().kernels(), network.spec().name()));
  }

  /**
   * Returns the set with these kernels.
   *
   * @param model the model's name, for messages
   * @throws InputException if there is none
   */
  public static KernelSet named(List<String> kernels, String model) {
    return Arrays.stream(values())
        .filter(set -> set.names.equals(kernels))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "model " + model,
                    "has the kernels %s; the emulator has %s or %s"
                        .formatted(kernels, A64.names, KVRM7.names)));
  }

  /** Returns the kernels that a dispatcher was made for, or {@link #A64} if it does not say. */
  static KernelSet of(Dispatcher dispatcher) {
    return dispatcher instanceof ModelDispatcher model ? model.kernels() : A64;
  }
}
