package dev.axon64.codegen.isa;

import static dev.axon64.codegen.isa.LanguageMachine.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of an expression in LANGUAGE.md means what its tables say. */
class LanguageMeaningTest {
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
}
