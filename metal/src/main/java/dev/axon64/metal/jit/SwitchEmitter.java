package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Stmt;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Emits switches. */
final class SwitchEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  /** By identity: a macro may put equal labels of several switches in one place. */
  private final Map<Stmt.Case, Label> labels = new IdentityHashMap<>();

  SwitchEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** The place of a case in code, known once its switch has begun. */
  Label label(Stmt.Case c) {
    return labels.get(c);
  }

  void emit(Stmt.Switch s) {
    Label end = code.newLabel();
    zeroDeclared(s.body());
    Label fallback = end;
    for (Stmt.Case c : s.cases()) {
      Label label = code.newLabel();
      labels.put(c, label);
      if (c.isDefault()) {
        fallback = label;
      }
    }
    all.scalars.push(s.value());
    List<Stmt.Case> cases = s.cases().stream().filter(c -> !c.isDefault()).toList();
    if (s.value().type().scalar().carrier() == Scalar.Carrier.LONG) {
      compareInTurn(cases, fallback);
    } else {
      jumpTable(cases, fallback);
    }
    all.statements.switchBody(s.body(), end);
    code.labelBinding(end);
  }

  /** The JVM has no jump table for longs. */
  private void compareInTurn(List<Stmt.Case> cases, Label fallback) {
    int value = code.allocateLocal(TypeKind.LONG);
    code.lstore(value);
    for (Stmt.Case c : cases) {
      code.lload(value);
      code.loadConstant(c.value());
      code.lcmp();
      code.ifeq(labels.get(c));
    }
    code.goto_(fallback);
  }

  private void jumpTable(List<Stmt.Case> cases, Label fallback) {
    if (cases.isEmpty()) {
      code.pop();
      code.goto_(fallback);
      return;
    }
    List<SwitchCase> table =
        cases.stream().map(c -> SwitchCase.of((int) c.value(), labels.get(c))).toList();
    long least = table.stream().mapToInt(SwitchCase::caseValue).min().getAsInt();
    long most = table.stream().mapToInt(SwitchCase::caseValue).max().getAsInt();
    if (most - least <= 4L * table.size() + 16) {
      code.tableswitch((int) least, (int) most, fallback, table);
    } else {
      code.lookupswitch(fallback, table);
    }
  }

  /** Zeroes what a switch declares before it begins: a jump to a label may pass a declaration. */
  private void zeroDeclared(Stmt stmt) {
    switch (stmt) {
      case Stmt.Block b -> b.body().forEach(this::zeroDeclared);
      case Stmt.Declare d -> all.assignments.zero(frame.storage(d.var()), d.var().type());
      case Stmt.If i -> {
        zeroDeclared(i.yes());
        if (i.no() != null) {
          zeroDeclared(i.no());
        }
      }
      case Stmt.Loop l -> zeroDeclared(l.body());
      default -> {}
    }
  }
}
