package dev.axon64.codegen.emit.isa.shader;

import java.util.Map;

/**
 * A shader's answers for the host functions of the instruction spec. A function that it does not
 * know stops the guest, so that the host sees which one it is.
 */
final class ShaderHost {
  /** The calls by name; those without a value have nothing to do for a guest of one thread. */
  private static final Map<String, String> CALLS =
      Map.of(
          "cntvct", "(s->counter + s->executed)",
          "ic_ivau", "",
          "yield", "",
          "barrier", "");

  private ShaderHost() {}

  static boolean knows(String name) {
    return CALLS.containsKey(name);
  }

  /** The value's expression. */
  static String call(String name) {
    return CALLS.get(name);
  }
}
