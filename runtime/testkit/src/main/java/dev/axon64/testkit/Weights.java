package dev.axon64.testkit;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/**
 * Random weights that the loader accepts, and words to ask the networks about, for whoever executes
 * networks. They shrink to the fewest weights that are not 0, or not as they were, and to words
 * with the fewest bits.
 */
public final class Weights {
  /** The largest weight. */
  private static final int LARGEST = 4;

  private Weights() {}

  /**
   * Random weights, many of them 0: on a dyadic grid in half of the networks, so that sums are
   * exact in any order, and arbitrary in the others.
   */
  public static Arbitrary<Decision> of(DispatchSpec spec) {
    Network zero = network(spec, new float[spec.parameters()]);
    return decisions(zero, random -> weights(spec, random, random.nextBoolean()));
  }

  /**
   * Random weights of which three in four are 0, and the others multiples of 1/4 between -1 and 1,
   * so that every sum is exact, whatever its order.
   *
   * @throws IllegalArgumentException when one is made, if the spec's features allow no such weights
   */
  public static Arbitrary<Decision> exact(DispatchSpec spec) {
    Network zero = network(spec, new float[spec.parameters()]);
    return decisions(zero, random -> exact(spec, random));
  }

  private static float[] exact(DispatchSpec spec, Random random) {
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextInt(4) == 0 ? (random.nextInt(9) - 4) / 4f : 0;
    }
    Exactness exactness = Exactness.of(network(spec, weights));
    if (!exactness.exact()) {
      throw new IllegalArgumentException(spec.name() + ": " + exactness.reason());
    }
    return weights;
  }

  /**
   * A network with some of its weights changed.
   *
   * @param most weights that are changed, each by up to 4; at least one is
   */
  public static Arbitrary<Decision> near(Network network, int most) {
    float[] from = network.weights();
    return decisions(
        network,
        random -> {
          float[] weights = network.weights();
          for (int left = 1 + random.nextInt(most); left > 0; left--) {
            int i = random.nextInt(weights.length);
            weights[i] = from[i] + change(random); // not added up, lest two cancel each other
          }
          return weights;
        });
  }

  private interface Generator {
    float[] next(Random random);
  }

  private static Arbitrary<Decision> decisions(Network base, Generator weights) {
    float[] from = base.weights();
    return SmallerFirst.arbitrary(
        random ->
            new Decision(
                network(base.spec(), weights.next(random)), random.nextInt(), random.nextLong()),
        one -> smaller(one, from),
        one -> size(one, from));
  }

  private static Network network(DispatchSpec spec, float[] weights) {
    return Network.of(spec, weights, "random weights");
  }

  private static float[] weights(DispatchSpec spec, Random random, boolean dyadic) {
    float[] weights = new float[spec.parameters()];
    int zeros = random.nextInt(10);
    for (int i = 0; i < weights.length; i++) {
      if (random.nextInt(10) >= zeros) {
        weights[i] = dyadic ? onGrid(random) : (random.nextFloat() * 2 - 1) * LARGEST;
      }
    }
    return weights;
  }

  private static float change(Random random) {
    float change = onGrid(random);
    return change == 0 ? LARGEST : change;
  }

  private static float onGrid(Random random) {
    return (random.nextInt(8 * LARGEST + 1) - 4 * LARGEST) / 4f;
  }

  private static Stream<Decision> smaller(Decision one, float[] from) {
    float[] weights = one.network().weights();
    int[] changed = IntStream.range(0, weights.length).filter(i -> weights[i] != from[i]).toArray();
    Stream<Decision> fewer =
        halves(changed.length)
            .map(
                range -> {
                  float[] less = weights.clone();
                  for (int i = range[0]; i < range[1]; i++) {
                    less[changed[i]] = from[changed[i]];
                  }
                  return new Decision(network(one.network().spec(), less), one.word(), one.pc());
                });
    Stream<Decision> words =
        Specs.smaller(one.word() & 0xffff_ffffL)
            .map(word -> new Decision(one.network(), (int) (long) word, one.pc()));
    Stream<Decision> pcs =
        Specs.smaller(one.pc()).map(pc -> new Decision(one.network(), one.word(), pc));
    return Stream.of(fewer, words, pcs).flatMap(all -> all);
  }

  /** All of a list, its halves, their halves, down to single elements. */
  private static Stream<int[]> halves(int count) {
    return LongStream.iterate(count, size -> size > 0, size -> size / 2)
        .boxed()
        .flatMap(
            size ->
                IntStream.iterate(0, at -> at < count, at -> at + (int) (long) size)
                    .mapToObj(at -> new int[] {at, (int) Math.min(count, at + size)}));
  }

  private static long size(Decision one, float[] from) {
    float[] weights = one.network().weights();
    long changed = IntStream.range(0, weights.length).filter(i -> weights[i] != from[i]).count();
    return 1000 * changed + Integer.bitCount(one.word()) + Long.bitCount(one.pc());
  }
}
