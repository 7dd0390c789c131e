package dev.axon64.propose.prefetch;

import dev.axon64.propose.companion.AccessWindow;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.companion.OracleFeatures;
import dev.axon64.propose.companion.OracleProposal;
import java.util.function.LongConsumer;

/**
 * Follows the memory oracle by many steps. What the oracle is confident of is taken as accessed,
 * and the oracle is asked again. The longer the program does as guessed, the further ahead the
 * guesses go. If the program goes elsewhere, they start again from there, and after several such
 * disappointments the oracle is asked less and less often. Meant for blocks that take long to
 * fetch, such as pages.
 */
public final class OracleRunAhead extends OracleUser {
  /** How many blocks the guesses are ahead at most; a power of two. */
  private static final int FARTHEST = 64;

  /** How many blocks they are ahead at first. */
  private static final int NEAREST = 4;

  /** How many guesses are made per access: more than one to get ahead, few to cost little time. */
  private static final int PACE = 3;

  /** How far down the list of guesses an access may be; the guesses before it are passed over. */
  private static final int DISORDER = 8;

  /**
   * How many guesses may be passed over in {@link #FARTHEST} accesses; with more, all are dropped.
   */
  private static final int STRAY = 4;

  /** How many disappointments halve how often the oracle is asked. */
  private static final int PATIENCE = 4;

  /** How often that is halved at most. */
  private static final int RAREST = 6;

  /** What the program will have accessed if the guesses are right. */
  private final AccessWindow foreseen;

  private final long[] expected = new long[FARTHEST];
  private int first;
  private int count;
  private int passedOver;
  private int reach = NEAREST;
  private int disappointments;
  private long visits;

  /**
   * @param name its name in tables
   * @param oracle serves this prefetcher alone
   * @param blockShift the size of a block as a power of two: 12 for pages
   */
  public OracleRunAhead(String name, MemoryOracle oracle, int blockShift) {
    super(name, oracle, blockShift);
    this.foreseen = new AccessWindow(blockShift);
  }

  @Override
  public void access(long pc, long block, boolean useful, LongConsumer fetch) {
    if (follows(block)) {
      reach = Math.min(FARTHEST, reach + 1);
      disappointments = 0;
    } else {
      count = 0;
      reach = NEAREST;
    }
    if (!useful || seen.events() < 2) {
      return;
    }
    if (count == 0) {
      begin(fetch);
    }
    for (int i = 0; i < PACE && count > 0 && count < reach; i++) {
      if (!guess(oracle.propose(foreseen), fetch)) {
        return;
      }
    }
  }

  /**
   * Whether a block is one of those expected next. If so, it and those before it are taken off the
   * list.
   */
  private boolean follows(long block) {
    for (int i = 0; i < Math.min(DISORDER, count); i++) {
      if (expected[first + i & FARTHEST - 1] == block) {
        first = first + i + 1 & FARTHEST - 1;
        count -= i + 1;
        passedOver = Math.max(0, passedOver + FARTHEST * i / STRAY - 1);
        return passedOver <= FARTHEST;
      }
    }
    return false;
  }

  /**
   * Starts from where the program is: fetches all that the oracle is confident of, and goes on from
   * one of them.
   */
  private void begin(LongConsumer fetch) {
    int rarity = Math.min(RAREST, disappointments / PATIENCE);
    if ((++visits & (1 << rarity) - 1) != 0) {
      return;
    }
    disappointments++; // until the program follows
    passedOver = 0;
    foreseen.assign(seen);
    OracleProposal proposal = oracle.propose(foreseen);
    long here = foreseen.block(0);
    if (guess(proposal, fetch)) {
      for (int i = 0; i < proposal.count(); i++) {
        if (proposal.confidences()[i] >= OraclePrefetcher.CONFIDENCE) {
          fetch.accept(here + proposal.steps()[i]);
        }
      }
    }
  }

  private boolean guess(OracleProposal proposal, LongConsumer fetch) {
    int period = OracleFeatures.period(foreseen);
    long step = next(proposal, period == 0 ? 0 : foreseen.step(period - 1));
    if (step == 0) {
      return false;
    }
    foreseen.repeat(Math.max(0, period - 1), step);
    long block = foreseen.block(0);
    expected[first + count & FARTHEST - 1] = block;
    count++;
    fetch.accept(block);
    return true;
  }

  /**
   * Chooses the step to go on with: the one that followed last time if the oracle is confident of
   * it, else the shortest that it is confident of; 0 if there is none.
   */
  private static long next(OracleProposal proposal, long repeated) {
    long shortest = 0;
    for (int i = 0; i < proposal.count(); i++) {
      long step = proposal.steps()[i];
      if (proposal.confidences()[i] < OraclePrefetcher.CONFIDENCE) {
        continue;
      }
      if (step == repeated) {
        return step;
      }
      if (shortest == 0 || Math.abs(step) < Math.abs(shortest)) {
        shortest = step;
      }
    }
    return shortest;
  }
}
