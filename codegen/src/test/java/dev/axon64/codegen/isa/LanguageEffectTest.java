package dev.axon64.codegen.isa;

import static dev.axon64.codegen.isa.LanguageMachine.run;
import static dev.axon64.codegen.isa.LanguageMachine.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.model.InstructionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every statement of LANGUAGE.md does what it says, and {@code where} excludes words. */
class LanguageEffectTest {
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
}
