package dev.axon64.testkit;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/**
 * Compares what two functions make of random cases, such as those of {@link Specs} and {@link
 * Weights}. Answers are compared by {@link Objects#deepEquals}; a {@link RuntimeException} that a
 * function throws counts as its answer, by its text.
 *
 * @param <T> a case
 */
public final class Comparison<T> {
  private static final int GENERATED = 1000;

  /** Smaller cases that are tried, at most. */
  private static final int MOST_SHRINKS = 20_000;

  private final String firstName;
  private final Function<? super T, ?> first;
  private final String secondName;
  private final Function<? super T, ?> second;

  /** Compares these two; the first is the one that is right if in doubt. */
  public Comparison(
      String firstName,
      Function<? super T, ?> first,
      String secondName,
      Function<? super T, ?> second) {
    this.firstName = firstName;
    this.first = first;
    this.secondName = secondName;
    this.second = second;
  }

  /**
   * Compares them on random cases.
   *
   * @param tries the most cases
   * @param seed the same seed tries the same
   * @return the first difference, in the smallest case that was found for it
   */
  public Optional<Difference<T>> search(Arbitrary<T> cases, int tries, long seed) {
    Random random = new Random(seed);
    RandomGenerator<T> generator = cases.generator(GENERATED);
    for (int i = 1; i <= tries; i++) {
      Shrinkable<T> next = generator.next(random);
      if (differ(next.value())) {
        return Optional.of(difference(smallest(next), i));
      }
    }
    return Optional.empty();
  }

  private Difference<T> difference(T smallest, int tries) {
    return new Difference<>(
        smallest,
        firstName,
        text(answer(first, smallest)),
        secondName,
        text(answer(second, smallest)),
        tries);
  }

  private boolean differ(T value) {
    return !Objects.deepEquals(answer(first, value), answer(second, value));
  }

  private record Thrown(String exception) {
    @Override
    public String toString() {
      return "throws " + exception;
    }
  }

  private static <T> Object answer(Function<? super T, ?> function, T value) {
    try {
      return function.apply(value);
    } catch (RuntimeException e) {
      return new Thrown(e.toString());
    }
  }

  /** The text of an answer, with the elements of arrays. */
  private static String text(Object answer) {
    String inBrackets = Arrays.deepToString(new Object[] {answer});
    return inBrackets.substring(1, inBrackets.length() - 1);
  }

  private T smallest(Shrinkable<T> found) {
    Shrinkable<T> smallest = found;
    int left = MOST_SHRINKS;
    boolean smaller = true;
    while (smaller && left > 0) {
      smaller = false;
      for (Shrinkable<T> less : (Iterable<Shrinkable<T>>) smallest.shrink()::iterator) {
        if (left-- > 0 && differ(less.value())) {
          smallest = less;
          smaller = true;
          break;
        }
      }
    }
    return smallest.value();
  }
}
