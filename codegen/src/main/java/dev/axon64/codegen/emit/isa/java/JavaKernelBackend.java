package dev.axon64.codegen.emit.isa.java;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.isa.legal.Widths;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits the scalar kernels in Java: one class per kernel with a decoder and one method per
 * instruction, a class of the shared functions, and {@code Kernels}, which calls a kernel by its
 * number.
 */
public final class JavaKernelBackend implements InstructionBackend {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public String description() {
    return "Java classes that execute one guest after the other";
  }

  @Override
  public List<SourceFile> generate(BackendInput input) {
    KernelPlan plan = input.plan(Widths.NARROW);
    ScalarClasses classes = new ScalarClasses(input.packageName(), input.origin());
    List<SourceFile> files = new ArrayList<>(classes.kernels(plan));
    input.variants().forEach(variant -> files.addAll(classes.variant(plan, variant)));
    return files;
  }
}
