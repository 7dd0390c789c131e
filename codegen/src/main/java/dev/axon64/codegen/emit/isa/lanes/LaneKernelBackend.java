package dev.axon64.codegen.emit.isa.lanes;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import java.util.List;

/**
 * Emits the lane kernels in Java. Each executes one instruction for many guests, whose registers
 * lie side by side. The scalar kernels do the decoding.
 */
public final class LaneKernelBackend implements InstructionBackend {
  @Override
  public String name() {
    return "lanes";
  }

  @Override
  public String description() {
    return "Vector API classes that execute many guests side by side";
  }

  @Override
  public List<SourceFile> generate(BackendInput input) {
    return new LaneClasses(input).files();
  }
}
