package dev.axon64.weights.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.weights.data.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Gate GATE = new Gate(Gate.SIGNIFICANCE, 0.02);

  /** Samples of one program: so many that are right under both, became right, became wrong. */
  private static List<Paired> pairs(String program, int both, int better, int worse) {
    List<Paired> pairs = new ArrayList<>();
    for (int i = 0; i < both + better + worse; i++) {
      double before = i < both || i >= both + better ? 1 : 0;
      double after = i < both + better ? 1 : 0;
      long group = program.hashCode() * 1000L + i;
      pairs.add(new Paired(program, group, new double[] {before}, new double[] {after}));
    }
    return pairs;
  }

  private static Verdict judge(List<Paired> heldOut, List<Paired> old) {
    return GATE.judge(heldOut, Map.of("old", old));
  }

  @Test
  void aClearGainIsAccepted() {
    Verdict verdict = judge(pairs("sort", 60, 30, 5), pairs("old", 100, 0, 1));
    assertTrue(verdict.accepted(), verdict.reason());
    assertEquals(30, verdict.heldOut().better());
    assertEquals(5, verdict.heldOut().worse());
    assertEquals(25 / 95.0, verdict.heldOut().gain(), 1e-12);
    assertTrue(verdict.reason().contains("30 better, 5 worse of 95"), verdict.reason());
  }

  @Test
  void aTieIsRefused() {
    for (Verdict verdict :
        List.of(
            judge(pairs("sort", 80, 0, 0), pairs("old", 10, 0, 0)),
            judge(pairs("sort", 80, 9, 9), pairs("old", 10, 0, 0)))) {
      assertFalse(verdict.accepted());
      assertTrue(verdict.reason().contains("not better"), verdict.reason());
    }
  }

  @Test
  void aLossIsRefused() {
    Verdict verdict = judge(pairs("sort", 60, 5, 30), pairs("old", 10, 0, 0));
    assertFalse(verdict.accepted());
    assertTrue(verdict.reason().contains("94.7 % to 68.4 %"), verdict.reason());
    assertTrue(verdict.heldOut().chance() > 0.99, "one-sided");
  }

  @Test
  void aGainThatMayBeChanceIsRefused() {
    Verdict verdict = judge(pairs("sort", 60, 9, 6), pairs("old", 10, 0, 0));
    assertTrue(verdict.heldOut().gain() > 0);
    assertFalse(verdict.accepted());
    assertTrue(verdict.reason().contains("may be chance"), verdict.reason());
  }

  @Test
  void whatForgetsIsRefused() {
    Verdict verdict = judge(pairs("sort", 60, 30, 0), pairs("old", 97, 0, 3));
    assertFalse(verdict.accepted());
    assertTrue(verdict.reason().contains("loses more than 2.0 points on old"), verdict.reason());
    assertTrue(judge(pairs("sort", 60, 30, 0), pairs("old", 98, 0, 2)).accepted());
  }

  /** Thirty samples of the same code say no more than one of them. */
  @Test
  void samplesOfOneGroupCountOnce() {
    List<Paired> same =
        pairs("sort", 60, 30, 0).stream()
            .map(p -> new Paired(p.program(), 7, p.before(), p.after()))
            .toList();
    Verdict verdict = judge(same, List.of());
    assertFalse(verdict.accepted());
    assertEquals(1, verdict.heldOut().groups());
    assertEquals(0.5, verdict.heldOut().chance());
  }

  /** A program with many samples does not outvote one with few. */
  @Test
  void programsCountTheSame() {
    List<Paired> all = new ArrayList<>(pairs("large", 900, 100, 0));
    all.addAll(pairs("small", 5, 0, 5));
    Comparison comparison = Comparison.of("both", all);
    assertEquals((0.1 - 0.5) / 2, comparison.gain(), 1e-9);
    assertFalse(GATE.judge(all, Map.of()).accepted());
  }

  @Test
  void nothingIsNoGain() {
    Verdict verdict = GATE.judge(List.of(), Map.of());
    assertFalse(verdict.accepted());
    assertEquals(1, verdict.heldOut().chance());
  }

  /**
   * Of two networks that are equally good, about one pair in twenty or fewer is taken for a gain.
   */
  @Test
  void noiseSeldomReplacesANetwork() {
    SplitMix random = SplitMix.of(64, "noise");
    int accepted = 0;
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      List<Paired> pairs = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        double[] before = {random.below(4) == 0 ? 0 : 1};
        double[] after = {random.below(4) == 0 ? 0 : 1};
        pairs.add(new Paired("p" + i % 3, i, before, after));
      }
      accepted += GATE.judge(pairs, Map.of()).accepted() ? 1 : 0;
    }
    assertTrue(accepted > 0 && accepted < 0.08 * rounds, accepted + " of " + rounds);
  }

  @Test
  void chanceIsThatOfTheSignTest() {
    assertEquals(1 / 32.0, SignFlips.chance(new double[] {1, 1, 1, 1, 1}));
    assertEquals(6 / 32.0, SignFlips.chance(new double[] {1, 1, 1, 1, -1}));
    assertEquals(1, SignFlips.chance(new double[] {-1, -2}));
    double[] many = new double[40];
    for (int i = 0; i < many.length; i++) {
      many[i] = i < 26 ? 1 : -1;
    }
    // Of 40 fair coins 26 or more are heads with 0.0403.
    assertEquals(0.0403, SignFlips.chance(many), 0.005);
  }

  @Test
  void theIntervalHoldsTheGain() {
    Comparison comparison = Comparison.of("one", pairs("sort", 60, 30, 10));
    assertTrue(comparison.low() < 0.2 && 0.2 < comparison.high(), comparison.toString());
    assertTrue(comparison.low() > 0.05 && comparison.high() < 0.35, comparison.toString());
  }
}
