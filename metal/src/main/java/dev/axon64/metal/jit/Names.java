package dev.axon64.metal.jit;

/** Names that both generated code and its run-time support use. */
final class Names {
  /** The names of generated classes begin so; the name of the kernel follows. */
  static final String CLASS_PREFIX = "dev.axon64.metal.jit.Shader$";

  private Names() {}
}
