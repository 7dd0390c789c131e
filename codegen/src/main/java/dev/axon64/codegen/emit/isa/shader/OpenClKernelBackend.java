package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.emit.shading.OpenCl;

/** Emits the shader that runs whole guests in OpenCL C. */
public final class OpenClKernelBackend extends ShaderKernelBackend {
  /** For the registry. */
  public OpenClKernelBackend() {
    super(new OpenCl());
  }
}
