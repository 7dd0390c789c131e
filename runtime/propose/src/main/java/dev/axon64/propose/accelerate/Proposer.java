package dev.axon64.propose.accelerate;

import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.PatternProposal;
import java.util.List;

/** Says what a hot loop may be. Nothing depends on its being right. */
public interface Proposer {
  /** Instructions that a pattern is proposed from; the last is the branch back. */
  int WINDOW = 32;

  /**
   * Guesses about the loop, the best first.
   *
   * @param words {@link #WINDOW} instructions, 0 where there is none
   * @param registers X0 to X30 and SP at the loop's head
   * @param odds how much less likely than the best a guess may be, as a natural logarithm
   * @return empty if it has none
   */
  List<LoopProposal> loops(int[] words, long[] registers, double odds);

  /** Guesses about the bulk operation that the loop performs; likewise. */
  List<PatternProposal> patterns(int[] words, long[] registers, double odds);
}
