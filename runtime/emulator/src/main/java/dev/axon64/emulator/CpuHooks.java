package dev.axon64.emulator;

/** The hooks of an {@link Emulator}: who wants to know what its guest does. */
abstract sealed class CpuHooks extends CpuRegisters permits Emulator {
  final RunControl control = new RunControl();
  final Observation observation = new Observation(self(), control);
  private final AccessHooks accesses = new AccessHooks(self(), observation, control);

  /** Calls a hook before each instruction from {@code from} up to but not at {@code to}. */
  public Hook onCode(long from, long to, Hooks.Code hook) {
    return observation.code.add(from, to, hook);
  }

  /** Calls a hook before each instruction. */
  public Hook onCode(Hooks.Code hook) {
    return observation.code.add(hook);
  }

  /** Calls a hook at the start of each block that begins in a range. */
  public Hook onBlock(long from, long to, Hooks.Block hook) {
    return observation.blocks.add(from, to, hook);
  }

  /** Calls a hook at the start of each block. */
  public Hook onBlock(Hooks.Block hook) {
    return observation.blocks.add(hook);
  }

  /** Calls a hook whenever one block follows another. */
  public Hook onEdge(Hooks.Edge hook) {
    return observation.edges.add(hook);
  }

  /** Calls a hook for loads and stores that have a byte in a range. */
  public Hook onMemory(long from, long to, Hooks.Memory hook) {
    return observation.accesses.add(from, to, hook);
  }

  /** Calls a hook for all loads and stores. */
  public Hook onMemory(Hooks.Memory hook) {
    return observation.accesses.add(hook);
  }

  /** Lets a hook do what SVC asks for. All such hooks are called, in the order they were added. */
  public Hook onSystemCall(Hooks.SystemCall hook) {
    return observation.calls.add(hook);
  }

  /**
   * Lets a hook settle faults, undefined words and other traps. They are called in the order they
   * were added, up to the first that lets the run go on. What is settled counts as an instruction
   * of the budget, though not as one that was completed.
   */
  public Hook onInterrupt(Hooks.Interrupt hook) {
    return observation.interrupts.add(hook);
  }

  /** Lets the memory tell of accesses if somebody wants to know. */
  void hooksChanged() {
    boolean wanted = !observation.accesses.isEmpty() || observation.devices() && stepsAside();
    cpu.memory.setAccessListener(wanted ? accesses : null);
  }

  /** Whether the engine leaves to another what hooks want to know of. */
  abstract boolean stepsAside();
}
