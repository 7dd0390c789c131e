package dev.axon64.propose.accelerate;

import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.PatternProposal;
import java.util.List;

/** Guesses what a hot loop does. A wrong guess changes nothing but the time that is lost. */
public interface Proposer {
  /** The number of instructions that a guess is made from; the last is the branch back. */
  int WINDOW = 32;

  /**
   * Guesses what ends the loop and what it does, the best guess first.
   *
   * @param words {@link #WINDOW} instructions, 0 where there is none
   * @param registers X0 to X30 and SP at the loop's head
   * @param odds how much less likely than the best a guess may be, as a natural logarithm
   * @return empty if there is no guess
   */
  List<LoopProposal> loops(int[] words, long[] registers, double odds);

  /**
   * Guesses which bulk operation the loop performs, the best guess first. Parameters and result are
   * those of {@link #loops}.
   */
  List<PatternProposal> patterns(int[] words, long[] registers, double odds);
}
