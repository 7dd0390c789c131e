package dev.axon64.codegen.emit.dispatch.metal;

import dev.axon64.codegen.emit.Backend;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.network.ForwardPlan;
import java.util.List;

/**
 * Emits two shaders with the same kernel signature, so that one host runs either: {@code
 * NAME.metal} reads the weights from buffer 0 in the spec's flat layout, {@code NAME_baked.metal}
 * carries the lowered plan and leaves buffer 0 unread.
 */
public final class MetalBackend implements Backend {
  private final String name;

  /** Names the files after the model. */
  public MetalBackend(String name) {
    this.name = name;
  }

  @Override
  public List<SourceFile> generate(ForwardPlan plan) {
    return List.of(
        new SourceFile(name + ".metal", new BufferShader(plan.spec()).text()),
        new SourceFile(name + "_baked.metal", new BakedShader(plan).text()));
  }
}
