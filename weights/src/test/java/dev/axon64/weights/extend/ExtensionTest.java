package dev.axon64.weights.extend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.DecisionDomain;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtensionTest {
  private static final String NEGATE =
      """
      kernel USER;
      instruction NEG8 USER {
        bits 0000 0010 %s Rn:5 Rd:5;
        asm "neg8 {Rd|x}, {Rn|x}";
        do { X[Rd] = -X[Rn]; }
      }
      """;

  private static Extension extension(String isa, String kernel) {
    return Extension.of(
        Models.shipped("a64"), InstructionSpec.a64With(Map.of("my.isa", isa)), kernel);
  }

  @Test
  void grownNetworkKeepsEveryKernelAndTheSpecTakesReservedWordsAlone() {
    Network base = Models.shipped("a64");
    Extension extension = extension(NEGATE.formatted("00000000000000"), "USER");
    assertEquals(9, extension.spec().kernels().size());
    ReferenceForward before = new ReferenceForward(base);
    ReferenceForward grown = new ReferenceForward(extension.grown());
    Columns all = DecisionDomain.of(base.spec()).columns();
    int own = 0;
    for (int c = 0; c < all.size(); c++) {
      int word = all.words()[c];
      assertEquals(before.kernel(word, 0), grown.kernel(word, 0));
      int label = extension.spec().label(word);
      boolean user = word >>> 24 == 0x02;
      assertEquals(user ? 8 : base.spec().label(word), label);
      own += user ? 1 : 0;
    }
    assertEquals(512, own);
  }

  @Test
  void whatCannotBeExtendedIsRefusedInOneLine() {
    refused("is one of a64's already", NEGATE.formatted("00000000000000"), "SYSTEM");
    refused("has no instruction", "kernel USER;\n", "USER");
    refused(
        "belongs to MULDIV",
        NEGATE.formatted("00000000000000").replace("0000 0010", "0011 1011"),
        "USER");
    refused(
        "both own", NEGATE.formatted("00000000000000").replace("0000 0010", "0000 0000"), "USER");
  }

  private static void refused(String why, String isa, String kernel) {
    InputException e = assertThrows(InputException.class, () -> extension(isa, kernel));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
