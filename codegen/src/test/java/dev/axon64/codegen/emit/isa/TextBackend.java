package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.legal.Widths;
import dev.axon64.codegen.isa.model.Instruction;
import java.util.List;

/**
 * A backend in one class: it prints the legal IR as text. A line in {@code META-INF/services} of
 * the tests registers it, and nothing else knows of it.
 */
public final class TextBackend implements InstructionBackend {
  @Override
  public String name() {
    return "text";
  }

  @Override
  public String description() {
    return "the IR, for people";
  }

  @Override
  public List<SourceFile> generate(BackendInput input) {
    return input.plan(Widths.WIDE).kernels().stream()
        .map(kernel -> new SourceFile(kernel.name() + ".txt", text(kernel.instructions())))
        .toList();
  }

  private static String text(List<Instruction> instructions) {
    StringBuilder text = new StringBuilder();
    for (Instruction instruction : instructions) {
      text.append(instruction.name()).append('\n');
      for (Effect effect : instruction.body()) {
        text.append("  ").append(effect).append('\n');
      }
    }
    return text.toString();
  }
}
