package dev.axon64.codegen.isa;

import static dev.axon64.codegen.isa.LanguageMachine.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random expressions mean what the same operations on big integers give. */
class RandomExpressionTest {
  /** Random expressions of every width, {@code axon64.tries} of them. */
  @Property(tries = 50)
  void expressionsMeanWhatBigIntegersDo(@ForAll long seed) {
    int count = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 50);
    for (int i = 0; i < count; i++) {
      compare(new RandomExpression(seed + i), seed + i);
    }
  }

  private static void compare(RandomExpression random, long seed) {
    IrInterpreter machine = new IrInterpreter(LanguageMachine.WORD, LanguageMachine.PC);
    for (int i = 0; i < 4; i++) {
      BigInteger wide = random.bits(128);
      BigInteger narrow = random.bits(64);
      machine.v.put(2 * i, wide.longValue());
      machine.v.put(2 * i + 1, wide.shiftRight(64).longValue());
      machine.x.put(i, narrow.longValue());
      random.leaf(new Term("V[" + i + "]", 128, wide));
      random.leaf(new Term("X[" + i + "]", 64, narrow));
    }
    random.leaf(new Term("k", 8, BigInteger.valueOf(0xa5)));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      random.leaf(variable("x" + i, random, text));
    }
    Term result = random.term(random.width(), 4);
    text.append("V[9] = ").append(result.text()).append(";\n");
    machine.run(LanguageMachine.body(text.toString()));
    assertEquals(
        result.value().toString(16),
        vector(machine, 9).toString(16),
        () -> "seed " + seed + "\n" + text);
  }

  /** A variable that is declared, and perhaps assigned in a branch. */
  private static Term variable(String name, RandomExpression random, StringBuilder text) {
    Term first = random.term(random.width(), 3);
    text.append("var %s = %s;\n".formatted(name, first.text()));
    if (random.pick(2) == 0) {
      return new Term(name, first.width(), first.value());
    }
    Term condition = random.term(1, 2);
    Term whole = random.term(first.width(), 2);
    int high = random.pick(first.width());
    int low = random.pick(high + 1);
    Term part = random.term(high - low + 1, 2);
    text.append(
        "if (%s) { %s = %s; } else { %s[%d:%d] = %s; }\n"
            .formatted(condition.text(), name, whole.text(), name, high, low, part.text()));
    BigInteger mask = BigInteger.ONE.shiftLeft(high - low + 1).subtract(BigInteger.ONE);
    BigInteger mixed = first.value().andNot(mask.shiftLeft(low)).or(part.value().shiftLeft(low));
    return new Term(name, first.width(), condition.value().testBit(0) ? whole.value() : mixed);
  }
}
