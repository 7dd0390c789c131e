package dev.axon64.weights.finetune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decides whether a candidate replaces the network in service: only if it is better on programs
 * that neither learnt from, by more than chance explains, and has not lost old skills.
 *
 * @param significance the greatest chance at which a gain still counts as one
 * @param tolerance what may be lost on old samples, as a share
 */
public record Gate(double significance, double tolerance) {
  /** How far off sums of shares may be. */
  private static final double ROUNDING = 1e-9;

  /** The usual chance: one in twenty. */
  public static final double SIGNIFICANCE = 0.05;

  /**
   * Decides.
   *
   * @param heldOut samples of programs held out
   * @param kept by name, samples of what the network in service learnt to do
   */
  public Verdict judge(List<Paired> heldOut, Map<String, List<Paired>> kept) {
    Comparison gained = Comparison.of("held-out programs", heldOut);
    List<Comparison> old = new ArrayList<>();
    kept.forEach((name, pairs) -> old.add(Comparison.of(name, pairs)));
    List<String> against = new ArrayList<>();
    if (gained.gain() <= 0) {
      against.add("it is not better on the programs held out (" + numbers(gained) + ")");
    } else if (gained.chance() > significance) {
      against.add(
          String.format(
              Locale.ROOT,
              "its gain on the programs held out may be chance (%s; p %.3g is over %s)",
              numbers(gained),
              gained.chance(),
              significance));
    }
    for (Comparison each : old) {
      if (-each.gain() > tolerance + ROUNDING) {
        against.add(
            String.format(
                Locale.ROOT,
                "it loses more than %s on %s (%s)",
                points(tolerance),
                each.name(),
                numbers(each)));
      }
    }
    String reason =
        against.isEmpty()
            ? String.format(
                Locale.ROOT,
                "better on the programs held out (%s; p %.3g)",
                numbers(gained),
                gained.chance())
            : String.join("; ", against);
    return new Verdict(against.isEmpty(), reason, gained, List.copyOf(old));
  }

  private static String numbers(Comparison c) {
    return String.format(
        Locale.ROOT,
        "%.1f %% to %.1f %%, %d better, %d worse of %d",
        100 * c.before(),
        100 * c.after(),
        c.better(),
        c.worse(),
        c.samples());
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.1f points", 100 * share);
  }
}
