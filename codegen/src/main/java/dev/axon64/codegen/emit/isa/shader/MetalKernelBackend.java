package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.emit.shading.Metal;

/** Emits the shader that runs whole guests in the Metal Shading Language. */
public final class MetalKernelBackend extends ShaderKernelBackend {
  /** For the registry. */
  public MetalKernelBackend() {
    super(new Metal());
  }
}
