package dev.axon64.codegen.emit.shading;

import java.util.List;

/**
 * A kernel as its host sees it.
 *
 * @param name of the function
 * @param thread what one thread does
 * @param buffers by index; the number of threads with work follows in a buffer of its own
 */
public record KernelSignature(String name, String thread, List<Buffer> buffers) {
  public KernelSignature {
    buffers = List.copyOf(buffers);
  }

  /**
   * A buffer.
   *
   * @param declaration of the pointer, without its address space: {@code const float* weights}
   * @param holds what the host puts there, or finds there afterwards
   */
  public record Buffer(String declaration, String holds) {}
}
