package dev.axon64.weights.finetune;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.SplitMix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which programs are learnt from and which are held out, a third of them. Each program draws its
 * place from the seed and its own name, so that one more program moves few of the others.
 *
 * @param training in the order of their names
 * @param heldOut in the order of their names
 */
public record ProgramSplit(List<String> training, List<String> heldOut) {
  private static final int PART = 3;

  private record Place(String program, long draw) {}

  /**
   * Splits.
   *
   * @param where what messages name
   * @param programs names, none twice
   * @throws InputException if there are fewer than two
   */
  public static ProgramSplit of(String where, Collection<String> programs, long seed) {
    if (programs.size() < 2) {
      throw new InputException(
          where,
          "one program%s is too few: one is learnt from, another held out; record two or more"
              .formatted(programs.isEmpty() ? "" : " (" + programs.iterator().next() + ")"));
    }
    List<String> order =
        programs.stream()
            .map(name -> new Place(name, SplitMix.of(seed, "split " + name).next()))
            .sorted(Comparator.comparingLong(Place::draw).thenComparing(Place::program))
            .map(Place::program)
            .toList();
    int held = Math.max(1, (order.size() + 1) / PART);
    List<String> heldOut = new ArrayList<>(order.subList(0, held));
    List<String> training = new ArrayList<>(order.subList(held, order.size()));
    heldOut.sort(null);
    training.sort(null);
    return new ProgramSplit(List.copyOf(training), List.copyOf(heldOut));
  }
}
