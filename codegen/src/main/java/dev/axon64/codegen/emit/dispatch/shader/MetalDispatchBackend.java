package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.shading.Metal;

/** Emits dispatch shaders in the Metal Shading Language. */
public final class MetalDispatchBackend extends ShaderDispatchBackend {
  /** For the registry. */
  public MetalDispatchBackend() {
    super(new Metal());
  }
}
