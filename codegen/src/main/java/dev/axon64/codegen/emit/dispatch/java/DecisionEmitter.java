package dev.axon64.codegen.emit.dispatch.java;

import com.palantir.javapoet.MethodSpec;

/** Emits the code that turns a block's scores into kernels. */
interface DecisionEmitter {
  /** Adds the last layer and the buffers to the pass. */
  void emitScores();

  /**
   * Adds the methods that read the scores.
   *
   * @param margins whether they write margins too
   */
  void emitDecision(boolean margins);

  /**
   * Adds the calls of these methods.
   *
   * @param arguments of each call: kernels, perhaps margins, from, n
   */
  void call(MethodSpec.Builder method, boolean margins, String arguments);
}
