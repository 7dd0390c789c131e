package dev.axon64.codegen.isa.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Legal values are the same values, and legal. */
class LegaliserTest {
  private static final int FREE = RandomNode.LOCALS * (Long.SIZE + 1);

  @Property(tries = 5000)
  void valuesStayTheSame(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Node node = new RandomNode(random).of(random.nextInt(1, Long.SIZE + 1), 5);
    for (Widths widths : Widths.values()) {
      Legaliser.Value legal = Legaliser.value(node, widths, FREE);
      assertEquals(widths.of(node.width()), legal.node().width(), node::toString);
      LegalCheck.check(legal.definitions());
      LegalCheck.check(legal.node());
      for (int i = 0; i < 4; i++) {
        Map<Integer, Long> locals = new HashMap<>();
        for (int id = 0; id < FREE; id++) {
          locals.put(id, random.nextLong() >>> random.nextInt(64) & Ops.mask(Math.max(1, id / 4)));
        }
        Evaluator evaluator = new Evaluator(locals, random.nextInt());
        assertEquals(
            evaluator.value(node), evaluator.value(legal), () -> widths + " " + node + " " + legal);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyInstructionBecomesLegal(Widths widths) {
    InstructionSet set = InstructionSpec.a64();
    Legaliser.Session session = new Legaliser.Session(widths);
    for (Instruction instruction : set.instructions()) {
      LegalCheck.check(session.legal(instruction.body()));
    }
    set.shared().forEach(function -> LegalCheck.check(session.legal(function)));
  }

  private static Node legal(Node node) {
    Legaliser.Value legal = Legaliser.value(node, Widths.NARROW, FREE);
    assertTrue(legal.definitions().isEmpty());
    return legal.node();
  }

  /** An immediate's sign costs two shifts of the word. */
  @Test
  void aSignedFieldIsTwoShifts() {
    Node immediate = Ops.extend(64, true, new Node.Field(19, 5, "imm19"));
    Node up = LegalOps.shift(BinaryOp.LSL, new Node.Word(), 8);
    assertEquals(LegalOps.signWidened(LegalOps.shift(BinaryOp.ASR, up, 13)), legal(immediate));
  }

  /** An amount that is read twice is computed once. */
  @Test
  void aShiftByAnyAmountIsAChoice() {
    Node.Local x = new Node.Local(64, 0, "x");
    Node.Local y = new Node.Local(64, 1, "y");
    Node sum = Ops.binary(BinaryOp.ADD, x, y);
    Legaliser.Value shift = Legaliser.value(Ops.binary(BinaryOp.LSL, x, sum), Widths.NARROW, FREE);
    assertEquals(1, shift.definitions().size());
    Node.Local amount = ((Effect.Define) shift.definitions().getFirst()).local();
    assertEquals(
        new Node.Select(
            64,
            new Node.Binary(BinaryOp.ULT, 1, amount, Ops.constant(64, 64)),
            new Node.Binary(BinaryOp.LSL, 64, x, LegalOps.lowHalf(amount)),
            Ops.constant(64, 0)),
        shift.node());
    assertEquals(
        new Node.Binary(BinaryOp.LSL, 64, x, legal(new Node.Field(6, 10, "imm6"))),
        legal(Ops.binary(BinaryOp.LSL, x, new Node.Field(6, 10, "imm6"))));
  }

  /** A function's calls lead to its legal form, made once. */
  @Test
  void callsLeadToLegalFunctions() {
    InstructionSet set = InstructionSpec.a64();
    Legaliser.Session session = new Legaliser.Session(Widths.NARROW);
    for (Instruction instruction : set.instructions()) {
      List<Effect> body = session.legal(instruction.body());
      Nodes.any(
          body,
          effect -> {
            if (effect instanceof Effect.Call call) {
              assertTrue(call.function() == session.legal(call.function()));
            }
            return false;
          });
    }
  }
}
