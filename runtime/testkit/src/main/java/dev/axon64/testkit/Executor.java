package dev.axon64.testkit;

/** Something that executes one instruction: an engine, another emulator, a function of yours. */
public interface Executor {
  /** What reports call it. */
  String name();

  /**
   * Executes one instruction.
   *
   * @param word the instruction, which stands at the state's pc
   */
  Outcome execute(int word, MachineState before);

  /** Makes an executor of a function, which returns the state after the instruction. */
  static Executor of(String name, Step step) {
    return new Executor() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Outcome execute(int word, MachineState before) {
        return new Outcome(step.execute(word, before), "");
      }
    };
  }

  /** Executes instructions that never trap. */
  @FunctionalInterface
  interface Step {
    /** Returns the state after the instruction, pc included. */
    MachineState execute(int word, MachineState before);
  }
}
