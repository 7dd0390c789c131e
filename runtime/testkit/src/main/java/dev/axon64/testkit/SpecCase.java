package dev.axon64.testkit;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * A spec of one instruction, which computes something of two registers, and what these hold.
 *
 * @param expression what it computes
 * @param n the value of X[1]
 * @param m the value of X[2]
 */
public record SpecCase(Expression expression, long n, long m) {
  /** The word of its instruction: X[0] of X[1] and X[2]. */
  public static final int WORD = 2 << 16 | 1 << 5;

  /** The spec's text. */
  public String text() {
    return """
        kernel ARITHMETIC;
        instruction I ARITHMETIC {
          bits 00000000 000 Rm:5 000000 Rn:5 Rd:5;
          asm "i";
          do {
            let n = X[Rn];
            let m = X[Rm];
            X[Rd] = %s;
          }
        }
        """
        .formatted(expression.text());
  }

  /** What the front end reads from the text. */
  public InstructionSet set() {
    return InstructionSpec.parse(Map.of("random.isa", text()));
  }

  /** What X[0] must become, computed without the front end, by whole numbers of any size. */
  public long expected() {
    return expression.value().of(unsigned(n), unsigned(m)).longValue();
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  /** What X[0] becomes by the meaning that the front end gives the word. */
  public long evaluated() {
    Map<Integer, Long> locals = new HashMap<>();
    Long result = null;
    for (Effect effect : Meanings.of(set()).of(WORD, 0).orElseThrow()) {
      switch (effect) {
        case Effect.Define e -> locals.put(e.local().id(), value(e.value(), locals));
        case Effect.SetX e -> result = value(e.value(), locals);
        default -> throw new IllegalStateException("not of such a spec: " + effect);
      }
    }
    return result;
  }

  private long value(Node node, Map<Integer, Long> locals) {
    return Evaluation.of(
        node,
        read ->
            switch (read) {
              case Node.Local local -> locals.get(local.id());
              case Node.GetX x -> value(x.index(), locals) == 1 ? n : m;
              default -> throw new IllegalStateException("not of such a spec: " + read);
            });
  }

  /** The spec and the registers. */
  @Override
  public String toString() {
    return "%sX[1] = 0x%x, X[2] = 0x%x".formatted(text(), n, m);
  }
}
