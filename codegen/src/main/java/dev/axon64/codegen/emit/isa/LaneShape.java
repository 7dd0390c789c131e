package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import java.util.List;

/**
 * Whether an instruction is executed for all lanes by vector operations, or lane by lane. Traps are
 * a lane's own, divisions and calls have no vector form, nor have memory accesses that only some
 * lanes make; and C2 gives up on vector code that is long.
 */
final class LaneShape {
  private static final int MOST_NODES = 120;

  private int nodes;
  private boolean alone;

  private LaneShape() {}

  static boolean vectorised(Instruction instruction) {
    LaneShape shape = new LaneShape();
    shape.block(instruction.body());
    return !shape.alone
        && shape.nodes <= MOST_NODES
        && new LaneSteps(instruction.body(), new Uniform(instruction.body())).possible();
  }

  private void block(List<Effect> effects) {
    for (Effect effect : effects) {
      alone |=
          effect instanceof Effect.Raise
              || effect instanceof Effect.Undefined
              || effect instanceof Effect.Host
              || effect instanceof Effect.Call;
      Nodes.inputs(effect).forEach(this::node);
      if (effect instanceof Effect.If e) {
        block(e.yes());
        block(e.no());
      }
    }
  }

  private void node(Node node) {
    nodes++;
    if (node instanceof Node.Binary b) {
      alone |=
          b.op() == BinaryOp.UDIV
              || b.op() == BinaryOp.SDIV
              || b.op() == BinaryOp.UMULH
              || b.op() == BinaryOp.SMULH;
    }
    if (node instanceof Node.GetX x) {
      alone |= !Uniform.always(x.index());
    }
    if (node instanceof Node.GetV v) {
      alone |= !Uniform.always(v.index());
    }
    Nodes.operands(node).forEach(this::node);
  }
}
