package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.shading.OpenCl;

/** Emits dispatch shaders in OpenCL C. */
public final class OpenClDispatchBackend extends ShaderDispatchBackend {
  /** For the registry. */
  public OpenClDispatchBackend() {
    super(new OpenCl());
  }
}
