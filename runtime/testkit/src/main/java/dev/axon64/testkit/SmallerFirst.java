package dev.axon64.testkit;

import java.util.Random;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * A random value that knows what is smaller than it, for jqwik's properties and for {@link
 * Comparison}.
 *
 * @param smaller some values that are smaller, the most promising first
 * @param size shrinks with each of them
 */
record SmallerFirst<T>(T value, Function<T, Stream<T>> smaller, ToLongFunction<T> size)
    implements Shrinkable<T> {
  /** An arbitrary of such values. */
  static <T> Arbitrary<T> arbitrary(
      Function<Random, T> generate, Function<T, Stream<T>> smaller, ToLongFunction<T> size) {
    return Arbitraries.fromGenerator(
        random -> new SmallerFirst<>(generate.apply(random), smaller, size));
  }

  @Override
  public Stream<Shrinkable<T>> shrink() {
    long now = size.applyAsLong(value);
    return smaller
        .apply(value)
        .filter(less -> size.applyAsLong(less) < now)
        .map(less -> new SmallerFirst<>(less, smaller, size));
  }

  @Override
  public ShrinkingDistance distance() {
    return ShrinkingDistance.of(size.applyAsLong(value));
  }
}
