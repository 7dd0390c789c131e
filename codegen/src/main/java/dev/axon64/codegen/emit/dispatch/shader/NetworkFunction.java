package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.codegen.network.ForwardPlan;

/** The network as a function within a larger shader. */
public final class NetworkFunction {
  /** {@code static int NAME(uint word, ulong pc)} gives the kernel's number. */
  public static final String NAME = "axon64_kernel_of";

  private NetworkFunction() {}

  /** Writes the includes and the float semantics that the function relies on. */
  public static void begin(SourceWriter out, ShadingLanguage language) {
    language.begin(out);
  }

  /** Writes the function and its table. */
  public static void write(SourceWriter out, ShadingLanguage language, ForwardPlan plan) {
    BakedShader.function(out, language, plan);
  }
}
