package dev.axon64.codegen.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of LANGUAGE.md means what its tables say. */
class LanguageMeaningTest {
  /** The word has s 1, k 0xa5, r 31, q 7. */
  private static final int WORD = 0x80a5_03e7;

  private static final long PC = 0xffff_0000_1000L;

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

  /** Runs statements on a machine whose registers all differ. */
  private static IrInterpreter run(String statements) {
    InstructionSet set = InstructionSpec.parse(Map.of("t.isa", HEAD + statements + "\n} }\n"));
    Instruction instruction =
        set.instructions().stream().filter(i -> i.owns(WORD)).findFirst().orElseThrow();
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
    machine.run(instruction.body());
    return machine;
  }

  /** The value of an expression of up to 128 bits, by way of V0. */
  private static BigInteger value(String expression) {
    IrInterpreter machine = run("V[0] = " + expression + ";");
    assertEquals("", machine.ended);
    return vector(machine, 0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        // Numbers.
        "bits(12, 8); c",
        "bits(0x1f, 8); 1f",
        "bits(0b101, 8); 5",
        "bits(1_000, 16); 3e8",
        "bits(twelve, 8); c",
        "bits(s, 8); 1",
        "bits(7 + 3 * 4 - 9 / 2 % 3, 8); 12",
        "bits(1 << 5 >> 2, 8); 8",
        "bits((3 == 3) + (3 != 3) + (2 < 3) + (3 <= 3) + (2 > 3) + (3 >= 3), 8); 4",
        "bits((5 && 7) + (5 || 0) + (0 || 0) + (0 && 5) + !0 + !9, 8); 3",
        "bits(s ? 3 : 4, 8); 3",
        "bits(6 & 3, 8) @ bits(6 | 3, 8) @ bits(6 ^ 3, 8) @ bits(~6, 8); 20705f9",
        "bits(-1, 8); ff",
        "bits(log2(64), 8); 6",
        "bits(width(k) + width(V[1]), 16); 88",
        "bits(power(6), 8); 40",
        "five(k) @ k; 5a5",
        "k + 1; a6",
        "k + -1; a4",
        "0 - k; 5b",
        "bits(0x1234[11:4], 8); 23",
        // Slices, concatenation.
        "k[7:4]; a",
        "k[0]; 1",
        "k[1]; 0",
        "V[1][71:56]; 188",
        "V[1][127:64]; 11223344556601",
        "V[1][100:1]; 9a22ab300c44cd55de66ef700",
        "k @ q; 14a7",
        "k @ q @ r; 294ff",
        "(X[1] @ k)[71:60]; 111",
        "V[1, 96] @ q; 88aacc031133557799bbdc027",
        // Arithmetic, modulo the width.
        "k + 0x5c; 1",
        "k - 0xa6; ff",
        "k * 3; ef",
        "-k; 5b",
        "-V[1]; ffeeddccbbaa99fe77665544332211ff",
        "V[1] + V[1]; 22446688aacc031133557799bbdc02",
        "V[1] - ones(128); 112233445566018899aabbccddee02",
        "V[1] * 5; 55ab0055aafe07ab0055ab0055a605",
        // Bit by bit.
        "k & 0xf; 5",
        "k | 0xf; af",
        "k ^ 0xff; 5a",
        "~k; 5a",
        "~V[1]; ffeeddccbbaa99fe77665544332211fe",
        // Comparisons.
        "(k == 0xa5) @ (k != 0xa5); 2",
        "(k <u 0xa6) @ (k <=u 0xa5) @ (k >u 0xa5) @ (k >=u 0xa5); d",
        "(k <s 0) @ (k <=s -91) @ (k >s -92) @ (k >=s 0); e",
        "(V[1] <s V[2]) @ (V[2] <u V[1]) @ (V[1] == V[1]) @ (V[1] >=s 0); b",
        "V[1] >s (V[1] ^ zx(bits(1 << 63, 64), 128)); 1",
        "V[1] >s (V[1] ^ (bits(1, 1) @ zeros(127))); 1",
        "(~V[1] <s 0) @ (~V[1] <u 0xff) @ (~V[1] >u V[1]); 5",
        // Logic.
        "(k == 0xa5 && q == 7) @ (k == 0 || q == 7) @ !(k == 0); 7",
        "(1 && q == 7) @ (0 && q == 7)[0] @ (q == 7 || 0); 5",
        "k == 0xa5 ? k : 0; a5",
        "q == 3 ? V[1] : V[2]; 112233445566028899aabbccddee02",
        "width(k) == 8 ? k : nowhere; a5",
        "width(k) == 9 ? nowhere : k; a5",
        // Shifts.
        "lsl(k, 4) @ lsr(k, 4) @ asr(k, 4); 500afa",
        "lsl(k, q) @ lsr(k, q) @ asr(k, q); 8001ff",
        "lsl(k, 8) @ lsr(k, 8) @ asr(k, 8); ff",
        "lsl(k, X[1]) @ lsr(k, X[1]) @ asr(k, X[1]); ff",
        "lsl(V[1], bits(0x23, 6)); 22ab300c44cd55de66ef700800000000",
        "lsr(V[1], 0x23); 22446688aacc031133557",
        "asr(~V[1], bits(0x23, 6)); fffffffffffddbb99775533fceeccaa8",
        "ror(k, 4) @ ror(k, q) @ ror(k, 12); 5a4b5a",
        "ror(q, 3); 1c",
        "ror(X[1], 8); 111112222333344",
        "ror(X[1], k); 11999a2008888911",
        "ror(V[1, 96], 20); dee01445566018899aabbccd",
        "ror(V[1], k); de66ef70080089119a22ab300c44cd55",
        "rbit(V[1]); 8077bb33dd5599118066aa22cc448800",
        "rev(V[1, 96], 12); e01ddebccaab899018566445",
        // Extension and constants.
        "zx(k, 16) @ sx(k, 16); a5ffa5",
        "zx(k, 100); a5",
        "sx(k, 128); ffffffffffffffffffffffffffffffa5",
        "sx(V[2, 80], 128); 66028899aabbccddee02",
        "zeros(8) @ ones(8); ff",
        "ones(100); fffffffffffffffffffffffff",
        "bits(-2, 100); ffffffffffffffffffffffffe",
        "replicate(k, 3) @ replicate(k[0], 8); a5a5a5ff",
        "replicate(k, 16); a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5",
        // Division and products.
        "udiv(k, 7) @ sdiv(k, 7); 17f3",
        "udiv(k, k ^ k) @ sdiv(k, k ^ k); 0",
        "sdiv(bits(0x80, 8), k | 0xff); 80",
        "sdiv(k, 0xff); 5b",
        "umulh(k, k) @ smulh(k, k); 6a20",
        "umulh(X[1], X[1]); 12347ae17e4b602",
        "smulh(~X[1], X[1]); fedcb851e81b49fd",
        // Counting and reversing.
        "clz(k) @ clz(zx(k, 16)) @ clz(zeros(8)); 808",
        "clz(V[1]); b",
        "cnt(k); 4",
        "cnt(V[1]); 34",
        "rbit(q) @ rbit(k[3:0]); 1ca",
        "rev(X[1], 8) @ rev(X[1], 16); 1443333222211114401333322221111",
        "rev(V[1], 64); 8899aabbccddee010011223344556601",
        "rev(k, 4) @ rev(k, 8) @ rev(q, 5); b54a7",
        // Registers.
        "X[r] @ zeros(8); 0",
        "XSP[r, 8]; 1f",
        "X[q] @ X[q, 8]; 111122223333440707",
        "X[3, 32]; 33334403",
        "V[q, 64]; 8899aabbccddee07",
        "V[31]; 1122334455661f8899aabbccddee1f",
        "PC; ffff00001000",
        "STATUS; deadbeef",
        "twice(k) @ same(k) @ part(V[q], 9); 4aa566",
        "clamped(k, 100); 64",
        "now(); 1234",
        // Precedence.
        "q + 1 @ q; 107",
        "q & 6 | 1; 7",
        "q | 8 ^ 8 & 0; f",
        "q == 7 && k == 1 || q == 7; 1",
        "q - 1 - 1; 5",
        "q == 7 ? k == 1 ? 1 : k : q @ r[2:0]; a5"
      })
  void valueOf(String expression, String expected) {
    assertEquals(expected, value(expression).toString(16));
  }

  /** Wide operations use their operands several times; that must not add up. */
  @Test
  void deepNestingStaysSmall() {
    BigInteger v1 = value("V[1]");
    String rotated = "ror(".repeat(60) + "V[1]" + ", q)".repeat(60);
    int by = 60 * 7 % 128;
    BigInteger expected = IrInterpreter.cut(v1.shiftRight(by).or(v1.shiftLeft(128 - by)), 128);
    assertEquals(expected, value(rotated));
  }

  /** Statements, and what they leave: registers, memory, the next address, how they end. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '$',
      value = {
        "let x = k; X[0] = zx(x, 64); $ x0 = a5",
        "let (a, b) = halves(X[2]); X[0] = zx(a @ b, 64); $ x0 = 1102",
        "let a = X[1]; X[1] = X[2]; X[2] = a; $ x1 = 1111222233334402 x2 = 1111222233334401",
        "var x = k; x = x + 1; x[3:0] = 9; x[7] = 0; X[0] = zx(x, 64); $ x0 = 29",
        "var x = V[1]; x[70:60] = 0; V[0] = x; $ v0 = 112233445566000899aabbccddee01",
        "X[0] = X[1, 32]; $ x0 = 33334401",
        "X[r] = X[1]; $ next = ffff00001004",
        "XSP[r] = X[1]; $ x31 = 1111222233334401",
        "V[0] = k; $ v0 = a5",
        "V[q] = V[q][63:0] @ V[q][127:64]; $ v7 = 8899aabbccddee070011223344556607",
        "FC = 1; STATUS = STATUS + 1; $ FC = 1 STATUS = deadbef0",
        "set(k[0]); $ FC = 1",
        "X[0] = zx(clamped(k, 200), 64); $ x0 = a5",
        "X[0] = zx(clamped(k, 7), 64); $ x0 = 7 FC = 1",
        "X[0] = Mem[0x1008, 8]; $ x0 = 8f8e8d8c8b8a8988",
        "X[0] = zx(Mem[0x1003, 2], 64); $ x0 = 8483",
        "V[0] = Mem[0x1001, 16]; $ v0 = 908f8e8d8c8b8a898887868584838281",
        "Mem[0x1000, 1] = k; Mem[0x1001, 2] = k @ k; $ memory = 8483a5a5a5",
        "Mem[0x1000, 8] = X[1]; $ memory = 2233334401",
        "Mem[0x1000, 4] = X[1, 32]; $ memory = 8433334401",
        "X[0] = Mem[0x2000, 8]; $ ended = fault",
        "Mem[0x103c, 16] = V[0]; X[0] = X[1]; $ ended = fault",
        "if (k == 0xa5) { FC = 1; } else { FC = 0; } $ FC = 1",
        "if (k == 0) { X[0] = bits(1, 64); } else if (q == 7) { X[0] = bits(2, 64); } $ x0 = 2",
        "if (s) { FC = 1; } $ FC = 1",
        "if (width(k) == 3) { nowhere = 1; } FC = 1; $ FC = 1",
        "var x = k; if (q == 7) { x = x + 2; } X[0] = zx(x, 64); $ x0 = a7",
        "var x = k; if (q == 7) { undefined; } else { x = 0; } X[0] = zx(x, 64); $ ended = undefined",
        "var x = k; if (q == 8) { undefined; } else { x = 3; } X[0] = zx(x, 64); $ x0 = 3",
        "var x = V[1]; if (q == 7) { x = x + x; } else { x = ~x; } V[0] = x; "
            + "$ v0 = 22446688aacc031133557799bbdc02",
        "var x = k; let y = 1; if (q == 7) { let x = y; FC = 1; } X[0] = zx(x, 64); $ x0 = a5 FC = 1",
        "var x = X[0]; for i in 0 .. 7 { x[8 * i + 7:8 * i] = bits(i, 8); } X[0] = x; "
            + "$ x0 = 706050403020100",
        "for i in 3 .. 2 { FC = 1; } $ next = ffff00001004",
        "for i in 1 .. 3 { X[i] = X[0]; } $ x1 = 1111222233334400 x2 = 1111222233334400 "
            + "x3 = 1111222233334400",
        "branch(X[1]); $ next = 1111222233334401",
        "if (q == 7) { branch(PC + 8); } else { branch(PC - 8); } $ next = ffff00001008",
        "FC = 1; if (q == 0) { branch(X[1]); } $ FC = 1",
        "undefined; $ ended = undefined",
        "if (q == 7) { raise svc(zx(k, 16)); } FC = 1; $ ended = svc[165]",
        "if (q == 8) { raise stop(); } FC = 1; if (q == 8) { X[1] = X[2]; } $ FC = 1",
        "raise stop(); $ ended = stop[]",
        "tell(k, X[1]); $ asked = tell[165, 1229801703532086273]",
        "X[0] = now(); $ x0 = 1234 asked = now[]"
      })
  void effectOf(String statements, String expected) {
    IrInterpreter before = run("let nothing = 0;");
    assertEquals(expected, changes(before, run(statements)));
  }

  private static String changes(IrInterpreter before, IrInterpreter after) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      if (!after.x.get(i).equals(before.x.get(i))) {
        changes.add("x" + i + " = " + Long.toHexString(after.x.get(i)));
      }
      if (!vector(after, i).equals(vector(before, i))) {
        changes.add("v" + i + " = " + vector(after, i).toString(16));
      }
    }
    after.states.forEach(
        (name, value) -> {
          if (!value.equals(before.states.get(name))) {
            changes.add(name + " = " + Long.toHexString(value));
          }
        });
    if (!after.memory.equals(before.memory)) {
      StringBuilder bytes = new StringBuilder();
      for (long address = 0x1004; address >= 0x1000; address--) {
        bytes.append(String.format("%02x", after.memory.get(address)));
      }
      changes.add("memory = " + bytes);
    }
    if (!after.asked.isEmpty()) {
      changes.add("asked = " + String.join(" ", after.asked));
    }
    if (!after.ended.isEmpty()) {
      changes.add("ended = " + after.ended);
    } else if (changes.isEmpty() || after.next != before.next) {
      changes.add("next = " + Long.toHexString(after.next));
    }
    return String.join(" ", changes);
  }

  private static BigInteger vector(IrInterpreter machine, int register) {
    return unsigned(machine.v.get(2 * register + 1))
        .shiftLeft(64)
        .or(unsigned(machine.v.get(2 * register)));
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toHexString(value), 16);
  }

  /** {@code where} in all its ways decides which words there are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a != 5; 255",
        "a <u 10 && !(a == 3); 9",
        "a[7:4] == a[3:0]; 16",
        "a % 3 == 0; 86",
        "cnt(a) == 2; 28",
        "even(a); 128",
        "s == 0 || a == 1; 128.5"
      })
  void whereOwns(String condition, double expected) {
    String text =
        """
        kernel SYSTEM;
        function even(x: bits(n)) -> bits(1) { return !x[0]; }
        instruction I SYSTEM { bits s a:8 00000000000000000000000; split s; where %s; asm "i"; do { } }
        """
            .formatted(condition);
    InstructionSet set = InstructionSpec.parse(Map.of("t.isa", text));
    int owned = 0;
    for (int i = 0; i < 512; i++) {
      int word = i << 23;
      long owners = set.instructions().stream().filter(one -> one.owns(word)).count();
      assertEquals(owners == 1 ? 0 : -1, Math.min(0, set.decoder().find(word)));
      owned += (int) owners;
    }
    assertEquals(expected, owned / 2.0);
  }

  /** Random expressions of every width, {@code axon64.tries} of them. */
  @Property(tries = 50)
  void expressionsMeanWhatBigIntegersDo(@ForAll long seed) {
    int count = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 50);
    for (int i = 0; i < count; i++) {
      compare(new RandomExpression(seed + i), seed + i);
    }
  }

  private static void compare(RandomExpression random, long seed) {
    IrInterpreter machine = new IrInterpreter(WORD, PC);
    for (int i = 0; i < 4; i++) {
      BigInteger wide = random.bits(128);
      BigInteger narrow = random.bits(64);
      machine.v.put(2 * i, wide.longValue());
      machine.v.put(2 * i + 1, wide.shiftRight(64).longValue());
      machine.x.put(i, narrow.longValue());
      random.leaf(new RandomExpression.Term("V[" + i + "]", 128, wide));
      random.leaf(new RandomExpression.Term("X[" + i + "]", 64, narrow));
    }
    random.leaf(new RandomExpression.Term("k", 8, BigInteger.valueOf(0xa5)));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      random.leaf(variable("x" + i, random, text));
    }
    RandomExpression.Term result = random.term(random.width(), 4);
    text.append("V[9] = ").append(result.text()).append(";\n");
    InstructionSet set = InstructionSpec.parse(Map.of("t.isa", HEAD + text + "} }\n"));
    machine.run(
        set.instructions().stream().filter(i -> i.owns(WORD)).findFirst().orElseThrow().body());
    assertEquals(
        result.value().toString(16),
        vector(machine, 9).toString(16),
        () -> "seed " + seed + "\n" + text);
  }

  /** A variable that is declared, and perhaps assigned in a branch. */
  private static RandomExpression.Term variable(
      String name, RandomExpression random, StringBuilder text) {
    RandomExpression.Term first = random.term(random.width(), 3);
    text.append("var %s = %s;\n".formatted(name, first.text()));
    if (random.pick(2) == 0) {
      return new RandomExpression.Term(name, first.width(), first.value());
    }
    RandomExpression.Term condition = random.term(1, 2);
    RandomExpression.Term whole = random.term(first.width(), 2);
    int high = random.pick(first.width());
    int low = random.pick(high + 1);
    RandomExpression.Term part = random.term(high - low + 1, 2);
    text.append(
        "if (%s) { %s = %s; } else { %s[%d:%d] = %s; }\n"
            .formatted(condition.text(), name, whole.text(), name, high, low, part.text()));
    BigInteger mask = BigInteger.ONE.shiftLeft(high - low + 1).subtract(BigInteger.ONE);
    BigInteger mixed = first.value().andNot(mask.shiftLeft(low)).or(part.value().shiftLeft(low));
    return new RandomExpression.Term(
        name, first.width(), condition.value().testBit(0) ? whole.value() : mixed);
  }
}
