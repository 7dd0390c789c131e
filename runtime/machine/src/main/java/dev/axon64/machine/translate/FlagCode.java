package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.machine.bytecode.NodeCode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Writes what passes {@link Flags} through a region: their form's number and its operands. */
final class FlagCode {
  private final Flags flags;
  private final CodeBuilder code;
  private int form;
  private int operands;

  FlagCode(Flags flags, CodeBuilder code) {
    this.flags = flags;
    this.code = code;
  }

  /**
   * Starts with flags that are computed.
   *
   * @param free the first JVM local that is free
   * @return the first that is free then
   */
  int start(int free) {
    if (!flags.any()) {
      return free;
    }
    form = free;
    operands = free + 1;
    setForm(0);
    for (int i = 0; i < Flags.OPERANDS; i++) {
      code.lconst_0();
      storeOperand(i);
    }
    return operands + 2 * Flags.OPERANDS;
  }

  /** What a block passes instead of flags. */
  Optional<Flags.Passed> passed(Block block) {
    return flags.passed(block);
  }

  /** Says how flags follow from here on; 0 if they are computed. */
  void setForm(int number) {
    if (flags.any()) {
      code.loadConstant(number).istore(form);
    }
  }

  /** Passes an operand, 64 bits on the stack. */
  void storeOperand(int number) {
    code.lstore(operands + 2 * number);
  }

  private void loadOperand(Node.Local operand) {
    code.lload(operands + 2 * operand.id());
    if (operand.width() < Long.SIZE) {
      code.l2i();
    }
  }

  /**
   * Computes flags however they have been passed.
   *
   * @param store gives a slot the value on the stack
   */
  void compute(IntConsumer store) {
    if (!flags.any()) {
      return;
    }
    Label computed = code.newLabel();
    List<SwitchCase> cases = new ArrayList<>();
    for (int i = 1; i <= flags.forms().size(); i++) {
      cases.add(SwitchCase.of(i, code.newLabel()));
    }
    code.iload(form).tableswitch(computed, cases);
    NodeCode values = new NodeCode(code, (c, read) -> loadOperand((Node.Local) read));
    for (SwitchCase each : cases) {
      code.labelBinding(each.target());
      List<Node> following = flags.forms().get(each.caseValue() - 1).flags();
      for (int i = 0; i < following.size(); i++) {
        values.of(following.get(i));
        store.accept(Place.FLAGS.get(i));
      }
      code.goto_(computed);
    }
    code.labelBinding(computed);
  }
}
