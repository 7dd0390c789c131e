package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;

/** Takes over at branches that lead back often. */
public interface HotLoops {
  /** How often a branch leads back before {@link #hot} is called for it for the first time. */
  int FIRST = 40;

  /** A patience that never runs out. */
  int NEVER = Integer.MAX_VALUE;

  /**
   * Takes over after a branch that has led back, or to itself.
   *
   * @param cpu the state at its target, which may be changed to a later state
   * @param branch its address
   * @param budget the most instructions to apply
   * @param executed instructions that the engine has executed since it last called
   * @param sampled how many instructions the branch stands for if it is a sample of what the guest
   *     executes; 0 if each time that it led back was counted
   * @return how many instructions were applied at once
   */
  long hot(CpuState cpu, long branch, long budget, long executed, long sampled);

  /** For how many instructions of the beginning all branches back are to be counted. */
  long beginning();

  /** How often that branch must lead back again before {@link #hot} is called for it again. */
  int patience();

  /**
   * For how many instructions from now on it matters to that branch that each time it leads back is
   * counted; 0 if samples suffice.
   */
  long closely();
}
