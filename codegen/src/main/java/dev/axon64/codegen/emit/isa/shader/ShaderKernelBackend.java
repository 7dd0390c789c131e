package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.codegen.isa.legal.Widths;
import java.util.List;

/**
 * Emits one shader that runs whole guests, one per thread: it fetches a word, asks the network for
 * the kernel, and that kernel decodes and executes it, until something stops the guest. See {@link
 * GuestLayout} for the buffers.
 */
public abstract class ShaderKernelBackend implements InstructionBackend {
  /** The entry point: buffer 0 guests, 1 segments, 2 memory, 3 their count. */
  public static final String KERNEL = "a64_run";

  private final ShadingLanguage language;

  ShaderKernelBackend(ShadingLanguage language) {
    this.language = language;
  }

  @Override
  public String name() {
    return language.name();
  }

  @Override
  public String description() {
    return "a " + language.title() + " shader that runs whole guests, the network in it";
  }

  /** The shader {@code MODEL_guest}. */
  @Override
  public List<SourceFile> generate(BackendInput input) {
    KernelPlan plan = input.plan(Widths.NARROW);
    String text = new GuestShaderWriter(plan, language).text(input.network(), input.origin());
    return List.of(new SourceFile(plan.model() + "_guest" + language.extension(), text));
  }
}
