package dev.axon64.codegen.emit.dispatch.java;

import com.palantir.javapoet.MethodSpec;

/** Emits how a block's scores become kernels. */
interface DecisionEmitter {
  /** Adds what the pass itself must do: the last layer, and buffers. */
  void emitScores();

  /**
   * Adds the methods that read the scores.
   *
   * @param margins whether they write margins too
   */
  void emitDecision(boolean margins);

  /**
   * Adds their calls.
   *
   * @param arguments of each: kernels, perhaps margins, from, n
   */
  void call(MethodSpec.Builder method, boolean margins, String arguments);
}
