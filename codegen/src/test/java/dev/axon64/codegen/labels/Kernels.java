package dev.axon64.codegen.labels;

import dev.axon64.codegen.network.spec.DispatchSpec;

/** Kernel names of a model. */
final class Kernels {
  private Kernels() {}

  /** The kernel that the spec's groups give the word. */
  static String name(DispatchSpec spec, int word) {
    return spec.kernels().get(spec.label(word));
  }

  /** The eight-kernel model's kernel as this model names it: without FPSIMD, SYSTEM refuses FP. */
  static String of(String kernel, DispatchSpec spec) {
    return kernel.equals("FPSIMD") && !spec.kernels().contains(kernel) ? "SYSTEM" : kernel;
  }
}
