package dev.axon64.propose.accelerate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbered values are those of the trees that they were made from, each once. */
class ValuesTest {
  private static final int[] SLOTS = {64, 64, 32, 1};
  private static final int TREES = 3000;
  private static final List<BinaryOp> OPERATORS =
      List.of(
          BinaryOp.ADD,
          BinaryOp.SUB,
          BinaryOp.MUL,
          BinaryOp.AND,
          BinaryOp.OR,
          BinaryOp.XOR,
          BinaryOp.LSL,
          BinaryOp.ASR,
          BinaryOp.UDIV);

  private final SplittableRandom random = new SplittableRandom(1);

  private static Node slot(int slot) {
    return new Node.Local(SLOTS[slot], slot, "slot");
  }

  /** Not folded, so that the values must be. */
  private Node tree(int width, int depth) {
    int shape = depth == 0 ? random.nextInt(3) : random.nextInt(9);
    return switch (shape) {
      case 0 -> Ops.constant(width, random.nextLong() >> random.nextInt(Long.SIZE));
      case 1, 2 -> cut(width, slot(random.nextInt(SLOTS.length)));
      case 3 -> new Node.Unary(UnaryOp.NOT, width, tree(width, depth - 1));
      case 4 -> {
        int wider = random.nextInt(width, Long.SIZE + 1);
        int low = random.nextInt(wider - width + 1);
        yield new Node.Extract(width, low, tree(wider, depth - 1));
      }
      case 5 -> {
        int narrower = random.nextInt(1, width + 1);
        yield new Node.Extend(width, random.nextBoolean(), tree(narrower, depth - 1));
      }
      case 6 -> {
        int low = random.nextInt(width);
        yield low == 0
            ? tree(width, depth - 1)
            : new Node.Concat(width, tree(width - low, depth - 1), tree(low, depth - 1));
      }
      case 7 ->
          new Node.Select(
              width, tree(1, depth - 1), tree(width, depth - 1), tree(width, depth - 1));
      default -> {
        BinaryOp op = OPERATORS.get(random.nextInt(OPERATORS.size()));
        yield new Node.Binary(op, width, tree(width, depth - 1), tree(width, depth - 1));
      }
    };
  }

  private static Node cut(int width, Node node) {
    return node.width() >= width ? Ops.extract(width, 0, node) : Ops.extend(width, false, node);
  }

  /** What each value is for some registers. */
  private static long[] computed(Value[] values, long[] slots) {
    long[] results = new long[values.length];
    for (int id = 0; id < values.length; id++) {
      results[id] =
          switch (values[id]) {
            case Value.Constant v -> v.number();
            case Value.Entry v -> slots[v.slot()] & Ops.mask(v.width());
            case Value.Load v -> throw new AssertionError("no tree loads");
            case Value.Computed v ->
                Evaluation.of(v.operation(), read -> results[((Node.Local) read).id()]);
          };
    }
    return results;
  }

  @Test
  void valuesAreThoseOfTheirTrees() {
    for (int i = 0; i < TREES; i++) {
      Node tree = tree(random.nextInt(1, Long.SIZE + 1), 5);
      Values values = new Values();
      int id = values.of(tree);
      Value[] all = values.all();
      assertEquals(tree.width(), all[id].width());
      assertEquals(all.length, new HashSet<>(Arrays.asList(all)).size(), tree::toString);
      for (int k = 0; k < all.length; k++) {
        int number = k;
        assertTrue(all[k].operands().stream().allMatch(operand -> operand < number));
      }
      for (int k = 0; k < 4; k++) {
        long[] slots = random.longs(SLOTS.length).toArray();
        long expected = Evaluation.of(tree, read -> slots[((Node.Local) read).id()]);
        assertEquals(expected, computed(all, slots)[id], tree::toString);
      }
    }
  }

  @Test
  void equalTreesAreOneValue() {
    Values values = new Values();
    int one = values.of(Ops.binary(BinaryOp.ADD, slot(0), slot(1)));
    int other = values.of(Ops.binary(BinaryOp.ADD, slot(0), slot(1)));
    assertEquals(one, other);
    assertEquals(3, values.all().length);
  }

  /** The bits of a choice are a choice of bits, and those of a shifted value are moved. */
  @Test
  void bitsAreTakenOutEarly() {
    Values values = new Values();
    Node sum = Ops.binary(BinaryOp.XOR, slot(0), Ops.select(slot(3), slot(1), slot(0)));
    int sign = values.of(new Node.Extract(1, 63, sum));
    Node chosen = Ops.select(slot(3), bit(slot(1)), bit(slot(0)));
    assertEquals(values.of(Ops.binary(BinaryOp.XOR, bit(slot(0)), chosen)), sign);
  }

  private static Node bit(Node node) {
    return Ops.extract(1, 63, node);
  }

  /** What becomes known when bits are taken out is folded. */
  @Test
  void valuesAreFolded() {
    Values values = new Values();
    Node odd = Ops.binary(BinaryOp.OR, slot(0), Ops.constant(64, 1));
    int one = values.of(new Node.Extract(1, 0, odd));
    assertEquals(new Value.Constant(1, 1), values.all()[one]);
  }
}
