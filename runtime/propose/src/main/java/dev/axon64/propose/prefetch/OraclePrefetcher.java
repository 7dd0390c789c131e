package dev.axon64.propose.prefetch;

import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.companion.OracleProposal;
import java.util.function.LongConsumer;

/**
 * Fetches what the memory oracle is confident of. An instruction for which the oracle has no
 * answer, or whose fetched lines are not used, is asked about less and less often.
 */
public final class OraclePrefetcher extends OracleUser {
  /** The least confidence of a proposal that is followed. */
  public static final float CONFIDENCE = 0.5f;

  private static final int LINE_SHIFT = Integer.numberOfTrailingZeros(LineCache.LINE);
  private static final int SITES = 256;

  /** How many useless answers halve how often a site is asked about. */
  private static final int PATIENCE = 16;

  /** How often that is halved at most. */
  private static final int RAREST = 5;

  /** How many fetched lines are watched for their use; a power of two. */
  private static final int WATCHED = 1024;

  /** How many unused lines one used line makes up for. */
  private static final int WORTH = 4;

  private final int[] vain = new int[SITES];
  private final int[] visits = new int[SITES];
  private final long[] watched = new long[WATCHED];
  private final int[] askers = new int[WATCHED];

  /**
   * Prefetches lines.
   *
   * @param name its name in tables
   * @param oracle serves this prefetcher alone
   */
  public OraclePrefetcher(String name, MemoryOracle oracle) {
    this(name, oracle, LINE_SHIFT);
  }

  /**
   * Prefetches blocks of another size.
   *
   * @param blockShift the size as a power of two: 12 for pages
   */
  public OraclePrefetcher(String name, MemoryOracle oracle, int blockShift) {
    super(name, oracle, blockShift);
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {
    int place = (int) line & WATCHED - 1;
    if (watched[place] == line) {
      watched[place] = 0;
      vain[askers[place]] = Math.max(0, vain[askers[place]] - WORTH);
    }
    if (!useful || seen.events() < 2) {
      return;
    }
    int site = (int) (pc >>> 2 ^ pc >>> 10) & SITES - 1;
    int rarity = Math.min(RAREST, vain[site] / PATIENCE);
    if ((++visits[site] & (1 << rarity) - 1) == 0) {
      follow(site, line, fetch);
    }
  }

  /** Asks about a line and fetches. Each fetched line counts as useless until it is used. */
  private void follow(int site, long line, LongConsumer fetch) {
    OracleProposal proposal = oracle.propose(seen);
    int fetched = 0;
    for (int i = 0; i < proposal.count(); i++) {
      if (proposal.confidences()[i] >= CONFIDENCE) {
        long ahead = line + proposal.steps()[i];
        int place = (int) ahead & WATCHED - 1;
        watched[place] = ahead;
        askers[place] = site;
        fetch.accept(ahead);
        fetched++;
      }
    }
    vain[site] = Math.min(PATIENCE * (RAREST + 1), vain[site] + Math.max(1, fetched));
  }
}
