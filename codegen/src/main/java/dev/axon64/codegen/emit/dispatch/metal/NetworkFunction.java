package dev.axon64.codegen.emit.dispatch.metal;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.network.ForwardPlan;

/** The network as a function within a larger shader. */
public final class NetworkFunction {
  /** {@code static int NAME(uint word, ulong pc)} gives the kernel's number. */
  public static final String NAME = "axon64_kernel_of";

  private NetworkFunction() {}

  /** Writes the includes and the float semantics that the function relies on. */
  public static void begin(SourceWriter out) {
    ShaderFrame.begin(out);
  }

  /** Writes the function and its table. */
  public static void write(SourceWriter out, ForwardPlan plan) {
    BakedShader.function(out, plan);
  }
}
