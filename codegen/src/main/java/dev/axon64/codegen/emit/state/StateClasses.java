package dev.axon64.codegen.emit.state;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.util.List;

/**
 * Generates the Java classes of the machine's state: {@code Registers} of one guest, {@code
 * LaneRegisters} of a group of guests, and {@code TrapKind}.
 */
public final class StateClasses {
  private StateClasses() {}

  /** Returns the sources, in a fixed order. */
  public static List<SourceFile> generate(InstructionSet set) {
    StateLayout layout = StateLayout.of(set);
    return List.of(
        new RegistersClass(layout).source(),
        new LaneRegistersClass(layout).source(),
        TrapKindClass.source(set));
  }
}
