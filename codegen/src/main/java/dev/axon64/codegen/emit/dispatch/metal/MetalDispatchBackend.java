package dev.axon64.codegen.emit.dispatch.metal;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import java.util.List;

/**
 * Emits two shaders with the same kernel signature, so that one host runs either: {@code
 * NAME.metal} reads the weights from buffer 0 in the spec's flat layout, {@code NAME_baked.metal}
 * carries the lowered plan and leaves buffer 0 unread.
 */
public final class MetalDispatchBackend implements DispatchBackend {
  @Override
  public String name() {
    return "metal";
  }

  @Override
  public String description() {
    return "two Metal shaders, with and without the weights in them";
  }

  @Override
  public List<SourceFile> generate(DispatchInput input) {
    String name = input.model();
    return List.of(
        new SourceFile(name + ".metal", new BufferShader(input.plan().spec()).text()),
        new SourceFile(name + "_baked.metal", new BakedShader(input.plan()).text()));
  }
}
