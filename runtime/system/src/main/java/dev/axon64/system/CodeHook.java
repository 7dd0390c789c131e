package dev.axon64.system;

import dev.axon64.system.cpu.Core;

/** Is called before an instruction is executed. */
@FunctionalInterface
public interface CodeHook {
  /**
   * A processor has come to an instruction.
   *
   * @param core whose registers are as they are before it
   */
  void reached(Core core);
}
