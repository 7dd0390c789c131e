package dev.axon64.testkit;

import dev.axon64.machine.state.Registers;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/** Compares two executors, instruction by instruction. */
public final class Lockstep {
  private static final int GENERATED = 1000;

  private final Executor first;
  private final Executor second;

  /** Compares these two; the first is the one that is right if in doubt. */
  public Lockstep(Executor first, Executor second) {
    this.first = first;
    this.second = second;
  }

  /** Whether they differ; if so, in the smallest state that was found. */
  public Optional<Mismatch> compare(int word, MachineState before) {
    return differ(word, before)
        ? Optional.of(mismatch(word, shrunk(word, before), 1))
        : Optional.empty();
  }

  /**
   * Compares them on random instructions and states.
   *
   * @param tries the most instructions
   * @param seed the same seed tries the same
   * @return the first difference, in the smallest state that was found
   */
  public Optional<Mismatch> search(
      Arbitrary<Integer> words, Arbitrary<MachineState> states, int tries, long seed) {
    Random random = new Random(seed);
    RandomGenerator<Integer> word = words.generator(GENERATED);
    RandomGenerator<MachineState> state = states.generator(GENERATED);
    for (int i = 1; i <= tries; i++) {
      Shrinkable<Integer> nextWord = word.next(random);
      MachineState before = state.next(random).value();
      if (differ(nextWord.value(), before)) {
        return Optional.of(mismatch(nextWord.value(), shrunk(nextWord.value(), before), i));
      }
    }
    return Optional.empty();
  }

  private Mismatch mismatch(int word, MachineState before, long tries) {
    return new Mismatch(
        word,
        before,
        first,
        first.execute(word, before),
        second,
        second.execute(word, before),
        tries);
  }

  private boolean differ(int word, MachineState before) {
    return !first.execute(word, before).equals(second.execute(word, before));
  }

  /** Makes values 0, or as short as they can be, while the two still differ. */
  private MachineState shrunk(int word, MachineState before) {
    Predicate<MachineState> fails = state -> differ(word, state);
    MachineState smallest = before;
    MachineState empty = smallest.withMemory(new byte[MachineState.WINDOW_SIZE]);
    smallest = fails.test(empty) ? empty : smallest;
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      smallest = shrunk(smallest, slot, fails);
    }
    return smallest;
  }

  private static MachineState shrunk(MachineState state, int slot, Predicate<MachineState> fails) {
    MachineState smallest = state;
    if (state.slot(slot) == 0 || slot == MachineState.PC_SLOT) {
      return state;
    }
    MachineState zero = state.withSlot(slot, 0);
    if (fails.test(zero)) {
      return zero;
    }
    for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
      long less = smallest.slot(slot) & ~(1L << bit);
      MachineState shorter = smallest.withSlot(slot, less);
      if (less != smallest.slot(slot) && fails.test(shorter)) {
        smallest = shorter;
      }
    }
    return smallest;
  }
}
