package dev.axon64.codegen.isa.compiled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.syntax.Declaration;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A compiled spec says what its text says. */
class CompiledSpecTest {
  private static InstructionSet text;
  private static byte[] bytes;
  private static InstructionSet compiled;

  @BeforeAll
  static void compile() {
    text = InstructionSpec.a64FromText();
    bytes = SpecCompiler.compile(text);
    compiled = CompiledSpec.read(bytes);
  }

  @Test
  void everyPartComesBack() {
    assertEquals(text.instructions(), compiled.instructions());
    assertEquals(text.shared(), compiled.shared());
    assertEquals(text.registers(), compiled.registers());
    assertEquals(text.traps(), compiled.traps());
    assertEquals(text.hosts(), compiled.hosts());
    for (Declaration declaration : text.names().all()) {
      boolean named = !(declaration instanceof Declaration.Instruction);
      assertEquals(
          named ? Optional.of(declaration) : Optional.empty(),
          compiled.names().find(declaration.name()));
    }
    assertEquals(Optional.empty(), compiled.names().find("no_such_name"));
  }

  /** The orders are equal too, which equality of maps does not compare. */
  @Test
  void whatCameBackIsCompiledAlike() {
    assertArrayEquals(bytes, SpecCompiler.compile(compiled));
  }

  @Test
  void wordsAreFoundAlike() {
    SplittableRandom random = new SplittableRandom(14);
    int found = 0;
    for (int i = 0; i < 200_000; i++) {
      int word = random.nextInt();
      int index = text.decoder().find(word);
      assertEquals(index, compiled.decoder().find(word));
      found += index < 0 ? 0 : 1;
    }
    assertTrue(found > 50_000, found + " words are instructions");
    for (int i = 0; i < text.instructions().size(); i++) {
      int word = text.instructions().get(i).cubes().getFirst().value();
      assertEquals(i, compiled.decoder().find(word));
    }
  }

  @Test
  void theShippedOneIsUpToDate() throws IOException {
    try (InputStream in =
        InstructionSpec.class.getResourceAsStream("/dev/axon64/isa/a64.compiled")) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
  }

  @Test
  void namesOfEveryKindComeBack() {
    InstructionSet small =
        InstructionSpec.parse(
            Map.of(
                "t.isa",
                """
                kernel K;
                state X[31]: bits(64) trace "x" snapshot "general";
                state A: bits(1) = 1 trace "ab" "A";
                trap stop(x: bits(16));
                host time(x: bits(64)) -> bits(64);
                const c = -(5 + 0x10) * 3;
                function f(x: bits(n), i: int) -> (bits(n), int) {
                  var y = x;
                  let (a, b) = (x, y);
                  for k in 0 .. 3 { y = y + 1; }
                  y[3:0] = 5;
                  if (y == 0) { return (a, i); } else { g(y); }
                  return (~y, i);
                }
                shared function g(x: bits(n)) { A = x[0]; }
                function h(x: bits(64)) { X[3] = Mem[x, 8]; branch(x); raise stop(1); undefined; }
                """));
    InstructionSet back = CompiledSpec.read(SpecCompiler.compile(small));
    assertEquals(small.registers(), back.registers());
    for (Declaration declaration : small.names().all()) {
      assertEquals(Optional.of(declaration), back.names().find(declaration.name()));
    }
  }
}
