package dev.axon64.propose.accelerate;

import dev.axon64.machine.engine.HotLoops;
import java.util.concurrent.CompletableFuture;

/** A loop with one version of its code: how hot it is, and what has been done to apply it. */
final class Site {
  /**
   * How much less likely than the best guess another one may be, as a natural logarithm: about one
   * to fifty in the first trial, more in later ones, which hotter loops get.
   */
  private static final double[] ODDS = {4, 8, 16};

  /** How often a trial looks whether the loop still runs. */
  private static final int LOOKS = 16;

  /** In how many looks of a trial the loop must have run on. */
  private static final int ENOUGH = 4;

  /** The time spent on applying the loop after which the gain is compared with it. */
  private static final long PERIOD_NANOS = 16_000_000;

  /** Periods in a row without gain that are allowed; the JVM compiles during the first ones. */
  private static final int MOST_LOSSES = 12;

  /** The most iterations between two looks at a loop's heat. */
  private static final int LONGEST_REST = 1 << 20;

  final Code code;

  CompletableFuture<Checker.Reading> reading;
  CompletableFuture<Verdict> awaited;
  LoopRun loop;
  Tally tally;
  int backoff = Accelerator.SHORTEST_PATIENCE;

  /** How many iterations pass before the next look at the loop. */
  int rest = HotLoops.FIRST;

  /** How often the networks may still be asked about the loop. */
  int chances;

  /** The number of instructions from the loop's head to its branch back. */
  private final long length;

  /** Roughly how many instructions the loop has executed. */
  private long heat;

  /** The heat when {@link #fresh} was last called. */
  private long told;

  /** Instructions that the engine executed since any loop was looked at. */
  private long since;

  /** The number of looks in this trial. */
  private int looks;

  /** In how many of them the loop had run on. */
  private int runsOn;

  /** The heat at which the next trial begins. */
  private long trial;

  /** The time that applying the loop took in this period. */
  private long nanos;

  /** The instructions that were applied in this period. */
  private long skipped;

  /** The number of periods in a row without gain. */
  private int losses;

  Site(Code code, long head) {
    this.code = code;
    this.length = code.reaches(head) ? (code.branch() - head) / 4 + 1 : 1;
    this.chances = code.reaches(head) ? ODDS.length : 0;
  }

  /**
   * Counts what the loop has executed since this was last called.
   *
   * @param executed instructions that the engine has executed since any loop was looked at
   * @param sampled what the loop has executed by a sample; 0 if its iterations were counted, which
   *     are those that were waited for
   */
  void heatUp(long executed, long sampled) {
    heat += sampled > 0 ? sampled : rest * length;
    since = executed;
  }

  /** The instructions that the loop has executed since this was last called. */
  long fresh() {
    long more = heat - told;
    told = heat;
    return more;
  }

  /**
   * Tells how many iterations to wait until the loop is hot enough for the next step; 0 if it is.
   *
   * @param hasRead whether any loop was read
   * @param hasAsked whether the networks were asked about any loop
   * @param readable instructions executed by all loops that could be read
   */
  int cold(Heat limits, boolean hasRead, boolean hasAsked, long readable) {
    long due;
    if (reading == null) {
      due = hasRead ? limits.loop() : limits.first();
    } else if (hasAsked) {
      due = Math.max(trial, limits.loop() << 2 * (ODDS.length - chances));
    } else {
      // Other loops heat up in the meantime, too.
      due = Math.max(trial, heat + Math.ceilDiv(limits.networks() - readable, 8));
    }
    long wait = (due - heat) / length;
    return heat >= due ? 0 : Math.clamp(wait, 1, LONGEST_REST);
  }

  /**
   * Looks whether the loop usually runs for some iterations in a row.
   *
   * @param iterations how many
   * @param iteration the number of instructions of one iteration
   * @return how many iterations to wait for the next look; 0 if it usually does
   */
  int brief(int iterations, int iteration) {
    if (looks > 0 && since == 0) {
      return iterations; // another lane of the same step
    }
    if (looks > 0 && rest == iterations && since % ((long) iterations * iteration) == 0) {
      runsOn++;
    }
    boolean enough = runsOn == ENOUGH;
    if (!enough && looks < LOOKS) {
      looks++;
      return iterations;
    }
    looks = 0;
    runsOn = 0;
    if (!enough) {
      trial = 4 * heat;
    }
    return enough ? 0 : LONGEST_REST;
  }

  /** Whether looks at how many iterations it runs in a row have begun and not ended. */
  boolean isLookedAt() {
    return looks > 0;
  }

  /** The odds for the next question to the networks, which uses up one chance. */
  double odds() {
    return ODDS[ODDS.length - chances--];
  }

  /**
   * Notes an attempt at applying the loop. The loop is given up after too many periods in which the
   * attempts cost more time than they saved, as they do in loops of few iterations.
   *
   * @param time the attempt's time in nanoseconds
   * @param instructions how many it applied
   * @param nanosEach the time to execute one instruction in nanoseconds
   */
  void attempted(long time, long instructions, double nanosEach) {
    nanos += time;
    skipped += instructions;
    if (nanos < PERIOD_NANOS) {
      return;
    }
    losses = skipped * nanosEach < nanos ? losses + 1 : 0;
    if (losses == MOST_LOSSES) {
      loop = null;
      tally.givenUp++;
    }
    nanos = 0;
    skipped = 0;
  }
}
