package dev.axon64.metal.jit;

/** Names that generated code and its support agree on. */
final class Names {
  /** Generated classes are called so, with the kernel's name behind. */
  static final String CLASS_PREFIX = "dev.axon64.metal.jit.Shader$";

  private Names() {}
}
