package dev.axon64.propose.companion;

import java.util.Arrays;

/**
 * What the memory oracle sees of accesses, and the steps among which it chooses. Everything is
 * relative, so that what was learnt at one place holds at another; and few numbers are needed, so
 * that a steady program looks the same again and again.
 */
public final class OracleFeatures {
  /** Features of an event. */
  public static final int EVENT = 10;

  /** Features of a window. */
  public static final int WINDOW = AccessWindow.EVENTS * EVENT;

  /** Steps proposed. */
  public static final int CANDIDATES = 8;

  /** How far ahead the far ones of two candidates go. */
  private static final int AHEAD = 4;

  private OracleFeatures() {}

  /** Writes a window's features, the oldest event first; zeros where there is none yet. */
  public static void write(AccessWindow window, float[] to, int at) {
    long stride = stride(window, 0);
    for (int age = AccessWindow.EVENTS - 1, place = at; age >= 0; age--, place += EVENT) {
      event(window, age, stride, to, place);
    }
  }

  private static void event(AccessWindow window, int age, long now, float[] to, int at) {
    if (age >= window.events()) {
      Arrays.fill(to, at, at + EVENT, 0);
      return;
    }
    long step = window.step(age);
    to[at] = (float) Features.magnitude(step);
    to[at + 1] = step == 1 ? 1 : 0;
    to[at + 2] = step == -1 ? 1 : 0;
    to[at + 3] = Math.max(-8, Math.min(8, step)) / 8f;
    to[at + 4] = (float) Math.floor(window.offset(age) * 4) / 4;
    to[at + 5] = (31 - Integer.numberOfLeadingZeros(Math.max(1, window.size(age)))) / 4f;
    to[at + 6] = window.write(age) ? 1 : 0;
    to[at + 7] = window.pc(age) == window.pc(0) ? 1 : 0;
    to[at + 8] = step == window.step(0) ? 1 : 0;
    long stride = stride(window, age);
    to[at + 9] = stride != 0 && stride == now ? 1 : 0;
  }

  /** Blocks since the event before of the same pc; 0 if there is none in the window. */
  private static long stride(AccessWindow window, int age) {
    for (int older = age + 1; older < window.events(); older++) {
      if (window.pc(older) == window.pc(age)) {
        return window.block(age) - window.block(older);
      }
    }
    return 0;
  }

  /**
   * Writes the steps that the oracle may propose, in blocks from the newest event: the neighbours
   * (1, 2, 4, -1), the step of the same pc once and four times, and one and four events of what
   * followed the last time that the steps were like now. 0 where there is nothing to propose.
   */
  public static void candidates(AccessWindow window, long[] to) {
    to[0] = 1;
    to[1] = 2;
    to[2] = AHEAD;
    to[3] = -1;
    long stride = stride(window, 0);
    to[4] = stride;
    to[5] = AHEAD * stride;
    int period = period(window);
    to[6] = period == 0 ? 0 : window.step(period - 1);
    long far = 0;
    for (int i = 1; i <= AHEAD && period != 0; i++) {
      far += window.step(Math.floorMod(period - i, period));
    }
    to[7] = far;
  }

  /** How many events ago the last two steps were last made; 0 if never in the window. */
  public static int period(AccessWindow window) {
    for (int age = 1; age + 1 < window.events(); age++) {
      if (window.step(age) == window.step(0) && window.step(age + 1) == window.step(1)) {
        return age;
      }
    }
    return 0;
  }
}
