package dev.axon64.propose.prefetch;

import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.companion.OracleProposal;
import java.util.function.LongConsumer;

/**
 * Fetches what the memory oracle is confident of. A place in the program where it has nothing to
 * say, or where what it says is not used, is asked about less and less often.
 */
public final class OraclePrefetcher extends OracleUser {
  /** Less confident proposals are not followed. */
  public static final float CONFIDENCE = 0.5f;

  private static final int LINE_SHIFT = Integer.numberOfTrailingZeros(LineCache.LINE);
  private static final int SITES = 256;

  /** Answers in vain that halve how often a site is asked about, and how often at least. */
  private static final int PATIENCE = 16;

  private static final int RAREST = 5;

  /** Lines fetched whose use is still looked for; a power of two. */
  private static final int WATCHED = 1024;

  /** A line that is used pays for so many that are not. */
  private static final int WORTH = 4;

  private final int[] vain = new int[SITES];
  private final int[] visits = new int[SITES];
  private final long[] watched = new long[WATCHED];
  private final int[] askers = new int[WATCHED];

  /**
   * For lines.
   *
   * @param name in tables
   * @param oracle for this prefetcher alone
   */
  public OraclePrefetcher(String name, MemoryOracle oracle) {
    this(name, oracle, LINE_SHIFT);
  }

  /**
   * For blocks of another size.
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

  /** Each line fetched counts as in vain until it is used; so does an answer without one. */
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
