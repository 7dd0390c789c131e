package dev.axon64.codegen.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Runs statements of the language, as the meaning of one instruction of a small spec. */
final class LanguageMachine {
  /** The word has s 1, k 0xa5, r 31, q 7. */
  static final int WORD = 0x80a5_03e7;

  static final long PC = 0xffff_0000_1000L;

  private static final String HEAD =
      """
      kernel SYSTEM;
      state FC: bits(1);
      state STATUS: bits(32);
      trap svc(imm: bits(16));
      trap stop();
      host now() -> bits(64);
      host tell(a: bits(8), b: bits(64));
      const twelve = 5 + 7;
      function twice(x: bits(n)) -> bits(n) { return x + x; }
      function part(x: bits(n), k: int) -> bits(8) { return x[8 * k + 7:8 * k]; }
      function halves(x: bits(n)) -> (bits(8), bits(8)) { return (x[n - 1:n - 8], x[7:0]); }
      function power(k: int) -> int { if (k == 0) { return 1; } return 2 * power(k - 1); }
      function five(x: bits(n)) -> bits(n) { return 5; }
      function set(x: bits(1)) { FC = x; }
      shared function same(x: bits(n)) -> bits(n) { return twice(x) - x; }
      shared function clamped(x: bits(n), k: int) -> bits(n) {
        var y = x;
        if (x >u k) { y = bits(k, n); FC = 1; }
        return y;
      }
      instruction I SYSTEM { bits s 0000000 k:8 000000 r:5 q:5; split s; asm "i"; do {
      """;

  private LanguageMachine() {}

  /** The body of the word's instruction when it consists of these statements. */
  static List<Effect> body(String statements) {
    InstructionSet set = InstructionSpec.parse(Map.of("t.isa", HEAD + statements + "\n} }\n"));
    return set.instructions().stream().filter(i -> i.owns(WORD)).findFirst().orElseThrow().body();
  }

  /** Runs statements on a machine whose registers all differ. */
  static IrInterpreter run(String statements) {
    IrInterpreter machine = new IrInterpreter(WORD, PC);
    for (int i = 0; i < 32; i++) {
      machine.x.put(i, 0x1111_2222_3333_4400L + i);
      machine.v.put(2 * i, 0x8899_aabb_ccdd_ee00L + i);
      machine.v.put(2 * i + 1, 0x0011_2233_4455_6600L + i);
    }
    for (int i = 0; i < 64; i++) {
      machine.memory.put(0x1000L + i, (byte) (0x80 + i));
    }
    machine.answers.put("now", 0x1234L);
    machine.states.put("STATUS", 0xdeadbeefL);
    machine.run(body(statements));
    return machine;
  }

  /** The value of an expression of up to 128 bits, by way of V0. */
  static BigInteger value(String expression) {
    IrInterpreter machine = run("V[0] = " + expression + ";");
    assertEquals("", machine.ended);
    return vector(machine, 0);
  }

  /** A vector register. */
  static BigInteger vector(IrInterpreter machine, int register) {
    return unsigned(machine.v.get(2 * register + 1))
        .shiftLeft(64)
        .or(unsigned(machine.v.get(2 * register)));
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toHexString(value), 16);
  }
}
