package dev.axon64.codegen.emit.isa.lanes;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.model.Instruction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether an instruction is executed for all lanes by vector operations, or lane by lane.
 * Traps, divisions, calls and memory accesses that only some lanes make have no vector form, and C2
 * gives up on long vector code.
 */
final class LaneShape {
  /** The most values that differ between lanes. */
  private static final int MOST_VECTORS = 170;

  private static final Set<BinaryOp> NO_VECTOR_FORM =
      EnumSet.of(BinaryOp.UDIV, BinaryOp.SDIV, BinaryOp.UMULH, BinaryOp.SMULH);

  private final Uniform uniform;
  private int vectors;
  private boolean alone;

  private LaneShape(List<Effect> body) {
    this.uniform = new Uniform(body);
    block(body);
  }

  /**
   * Whether an instruction has a vector form.
   *
   * @param instruction legal in {@code WIDE}
   */
  static boolean vectorised(Instruction instruction) {
    LaneShape shape = new LaneShape(instruction.body());
    return !shape.alone
        && shape.vectors <= MOST_VECTORS
        && new LaneSteps(instruction.body(), shape.uniform).possible();
  }

  private void block(List<Effect> effects) {
    for (Effect effect : effects) {
      alone |=
          switch (effect) {
            case Effect.Raise e -> true;
            case Effect.Undefined e -> true;
            case Effect.Host e -> true;
            case Effect.Call e -> true;
            case Effect.SetX e -> !Uniform.always(e.index());
            case Effect.SetV e -> !Uniform.always(e.index());
            case Effect.Define e -> false;
            case Effect.Declare e -> false;
            case Effect.Assign e -> false;
            case Effect.SetState e -> false;
            case Effect.Branch e -> false;
            case Effect.Load e -> false;
            case Effect.Store e -> false;
            case Effect.If e -> false;
          };
      Nodes.inputs(effect).forEach(this::node);
      if (effect instanceof Effect.If e) {
        block(e.yes());
        block(e.no());
      }
    }
  }

  private void node(Node node) {
    vectors += uniform.test(node) ? 0 : 1;
    if (node instanceof Node.Binary n) {
      alone |= NO_VECTOR_FORM.contains(n.op());
    } else if (node instanceof Node.GetX n) {
      alone |= !Uniform.always(n.index());
    } else if (node instanceof Node.GetV n) {
      alone |= !Uniform.always(n.index());
    }
    Nodes.operands(node).forEach(this::node);
  }
}
