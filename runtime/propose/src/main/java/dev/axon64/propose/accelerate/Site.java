package dev.axon64.propose.accelerate;

import dev.axon64.machine.engine.HotLoops;
import java.util.concurrent.CompletableFuture;

/** A loop in one version of its code: how hot it is, and how far it is from being applied. */
final class Site {
  /**
   * How unlikely guesses about a loop may be, as a natural logarithm: about one to fifty at first,
   * then the more unlikely the hotter it is.
   */
  private static final double[] ODDS = {4, 8, 16};

  /** Looks at whether a loop runs on, and how often it must have. */
  private static final int LOOKS = 16;

  private static final int ENOUGH = 4;

  /** Time spent on applying it, after which that must have paid. */
  private static final long PERIOD_NANOS = 16_000_000;

  /** Periods without profit, one after the other: the first go by until all is compiled. */
  private static final int MOST_LOSSES = 12;

  /** The longest that a loop is left alone before its heat is looked at again. */
  private static final int LONGEST_REST = 1 << 20;

  final Code code;

  CompletableFuture<Checker.Reading> reading;
  CompletableFuture<Verdict> awaited;
  LoopRun loop;
  Tally tally;
  int backoff = Accelerator.SHORTEST_PATIENCE;

  /** How often it leads back before it is looked at again. */
  int rest = HotLoops.FIRST;

  /** How often the networks may still be asked. */
  int chances;

  /** Its instructions from head to branch. */
  private final long length;

  /** Instructions that it has executed, about. */
  private long heat;

  /** Those of them that {@link #fresh} has told. */
  private long told;

  /** Instructions that were executed since any loop was looked at. */
  private long since;

  /** How often in this trial it was looked whether it runs on, and how often it did. */
  private int looks;

  private int runsOn;

  /** The heat at which the next trial begins. */
  private long trial;

  /** Time that attempts at applying it took in this period, and the instructions they saved. */
  private long nanos;

  private long skipped;

  /** How often in a row they did not pay. */
  private int losses;

  Site(Code code, long head) {
    this.code = code;
    this.length = code.reaches(head) ? (code.branch() - head) / 4 + 1 : 1;
    this.chances = code.reaches(head) ? ODDS.length : 0;
  }

  /** It has led back as often as was waited for. */
  void heatUp(long executed) {
    heat += rest * length;
    since = executed;
  }

  /** Instructions that it has executed since this was last called. */
  long fresh() {
    long more = heat - told;
    told = heat;
    return more;
  }

  /**
   * How long to wait until the next step is worth it; 0 if it is.
   *
   * @param hasRead whether any loop was read
   * @param hasAsked whether any was asked about
   * @param readable instructions that all loops have executed of which something could be proven
   */
  int cold(Heat limits, boolean hasRead, boolean hasAsked, long readable) {
    long due;
    if (reading == null) {
      due = hasRead ? limits.loop() : limits.first();
    } else if (hasAsked) {
      due = Math.max(trial, limits.loop() << 2 * (ODDS.length - chances));
    } else {
      // Others heat up, too, meanwhile.
      due = Math.max(trial, heat + Math.ceilDiv(limits.networks() - readable, 8));
    }
    return heat >= due ? 0 : Math.clamp((due - heat) / length, 1, LONGEST_REST);
  }

  /**
   * Looks a few times whether it runs on for some iterations before it is left.
   *
   * @param iteration instructions of one
   * @return how long to wait for the next look; 0 if it does
   */
  int brief(int iterations, int iteration) {
    if (looks > 0 && since == 0) {
      return iterations; // another lane of those that were looked at
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

  /** For the next question to the networks. */
  double odds() {
    return ODDS[ODDS.length - chances--];
  }

  /**
   * It was tried to apply it; it is given up if that costs more than it saves, period after period:
   * mostly one of few iterations.
   *
   * @param time that it took
   * @param nanosEach time to execute an instruction
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
