package dev.axon64.testkit;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/**
 * Random specs of one instruction each, which the front end accepts, for whoever reads, lowers or
 * executes specs. They shrink to the smallest expression and the smallest registers.
 */
public final class Specs {
  private static final int[] WIDTHS = {1, 5, 8, 16, 31, 32, 33, 63, 64};
  private static final int DEEPEST = 4;

  private Specs() {}

  /** Specs of all kinds of expressions, and registers to execute them with. */
  public static Arbitrary<SpecCase> any() {
    return SmallerFirst.arbitrary(Specs::random, Specs::smaller, Specs::size);
  }

  private static SpecCase random(Random random) {
    Expression expression = expression(random, 64, 1 + random.nextInt(DEEPEST));
    return new SpecCase(expression, States.value(random), States.value(random));
  }

  private static Stream<SpecCase> smaller(SpecCase one) {
    return Stream.of(
            one.expression().smaller().map(less -> new SpecCase(less, one.n(), one.m())),
            smaller(one.n()).map(less -> new SpecCase(one.expression(), less, one.m())),
            smaller(one.m()).map(less -> new SpecCase(one.expression(), one.n(), less)))
        .flatMap(all -> all);
  }

  /** Fewer bits: none, or one less. */
  static Stream<Long> smaller(long value) {
    Stream<Long> fewer =
        Stream.iterate(value, left -> left != 0, left -> left & left - 1)
            .map(left -> value & ~Long.lowestOneBit(left));
    return value == 0 ? Stream.empty() : Stream.concat(Stream.of(0L), fewer);
  }

  private static long size(SpecCase one) {
    return 1000L * one.expression().size() + Long.bitCount(one.n()) + Long.bitCount(one.m());
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Expression expression(Random random, int width, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return random.nextInt(3) == 0
          ? Expression.constant(width, States.value(random))
          : Expression.register(random.nextBoolean(), width);
    }
    if (width == 1 && random.nextBoolean()) {
      int wide = WIDTHS[random.nextInt(WIDTHS.length)];
      return Expression.comparison(
          any(random, List.of("==", "<u", "<s")),
          expression(random, wide, depth - 1),
          expression(random, wide, depth - 1));
    }
    Expression a = expression(random, width, depth - 1);
    switch (random.nextInt(width > 1 ? 8 : 5)) {
      case 0, 1 -> {
        char operator = any(random, List.of('+', '-', '*', '&', '|', '^'));
        return Expression.infix(operator, a, expression(random, width, depth - 1));
      }
      case 2 -> {
        return Expression.unary(random.nextBoolean(), a);
      }
      case 3 -> {
        Expression condition = expression(random, 1, depth - 1);
        return Expression.choice(condition, a, expression(random, width, depth - 1));
      }
      case 4 -> {
        String operator = any(random, List.of("lsl", "lsr", "asr"));
        return Expression.shift(operator, a, random.nextInt(width + 1));
      }
      case 5, 6 -> {
        int narrow = 1 + random.nextInt(width - 1);
        Expression less = expression(random, narrow, depth - 1);
        return Expression.extension(random.nextBoolean(), less, width);
      }
      default -> {
        int low = 1 + random.nextInt(width - 1);
        return Expression.concatenation(
            expression(random, width - low, depth - 1), expression(random, low, depth - 1));
      }
    }
  }
}
