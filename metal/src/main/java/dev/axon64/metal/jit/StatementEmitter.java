package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Pos;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.Var;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;

/** Emits statements. */
final class StatementEmitter {
  private static final int MOST_LINE = 65535;

  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;
  private final Deque<Label> breaks = new ArrayDeque<>();
  private final Deque<Label> continues = new ArrayDeque<>();
  private int lastLine;

  StatementEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Emits a whole function; the local {@code slot} holds where a result in memory goes. */
  void body(int slot, Stmt statements) {
    all.returns.resultSlot(slot);
    emit(statements);
    all.returns.finish();
  }

  /** Emits a piece of a function, a method that returns how it was left. */
  void piece(int slot, Stmt.Outlined part) {
    all.returns.resultSlot(slot);
    all.returns.inPiece();
    part.body().forEach(this::emit);
    all.returns.leave(Exit.FELL_THROUGH);
  }

  /** Calls a piece and follows the jump that it asks for. */
  private void outlined(Stmt.Outlined o) {
    String name = frame.layout.methodName(frame.function) + "$" + frame.space().piece(o);
    MethodTypeDesc signature = Jvm.signature(frame.function);
    int slot = 0;
    for (ClassDesc parameter : signature.parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      code.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
    code.invokestatic(frame.layout.owner(), name, signature.changeReturnType(Jvm.INT));
    int how = code.allocateLocal(TypeKind.INT);
    code.istore(how);
    if (o.breaks()) {
      follow(how, Exit.BROKE, () -> jumpOut(breaks, Exit.BROKE));
    }
    if (o.continues()) {
      follow(how, Exit.CONTINUED, () -> jumpOut(continues, Exit.CONTINUED));
    }
    if (o.returns()) {
      follow(how, Exit.RETURNED, all.returns::passResult);
    }
  }

  private void follow(int how, Exit wanted, Runnable action) {
    Label skip = code.newLabel();
    code.iload(how);
    code.loadConstant(wanted.ordinal());
    code.if_icmpne(skip);
    action.run();
    code.labelBinding(skip);
  }

  private void jumpOut(Deque<Label> targets, Exit how) {
    if (targets.isEmpty()) {
      all.returns.leave(how);
    } else {
      code.goto_(targets.peek());
    }
  }

  private void line(Pos pos) {
    int line = Math.min(MOST_LINE, pos.line());
    if (line > 0 && line != lastLine) {
      code.lineNumber(line);
      lastLine = line;
    }
  }

  private void emit(Stmt stmt) {
    if (!(stmt instanceof Stmt.Block)) {
      line(stmt.pos());
    }
    switch (stmt) {
      case Stmt.Block b -> b.body().forEach(this::emit);
      case Stmt.Declare d -> declare(d);
      case Stmt.Evaluate e -> all.effects.evaluate(e.expr());
      case Stmt.If i -> ifElse(i);
      case Stmt.Loop l -> loop(l);
      case Stmt.Switch s -> all.switches.emit(s);
      case Stmt.Case c -> code.labelBinding(all.switches.label(c));
      case Stmt.Break b -> jumpOut(breaks, Exit.BROKE);
      case Stmt.Continue c -> jumpOut(continues, Exit.CONTINUED);
      case Stmt.Outlined o -> outlined(o);
      case Stmt.Return r -> all.returns.emit(r);
    }
  }

  private void declare(Stmt.Declare d) {
    Var var = d.var();
    Storage storage = frame.storage(var);
    if (storage instanceof Storage.Frame place) {
      Target target = frame.place(place.offset());
      if (d.initial() == null) {
        all.writer.zero(target, var.type());
      } else {
        all.writer.write(target, var.type(), d.initial());
      }
    } else if (d.initial() == null) {
      all.assignments.zero(storage, var.type());
    } else {
      all.assignments.register(storage, var.type(), d.initial());
    }
  }

  private void ifElse(Stmt.If i) {
    if (i.no() != null) {
      all.conditions.choose(i.test(), () -> emit(i.yes()), () -> emit(i.no()));
      return;
    }
    Label end = code.newLabel();
    all.conditions.branch(i.test(), end, false);
    emit(i.yes());
    code.labelBinding(end);
  }

  /** Emits the body of a switch, which a break leaves for {@code end}. */
  void switchBody(Stmt body, Label end) {
    breaks.push(end);
    emit(body);
    breaks.pop();
  }

  private void loop(Stmt.Loop l) {
    Label top = code.newLabel();
    Label next = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(top);
    if (l.testFirst() && l.test() != null) {
      all.conditions.branch(l.test(), end, false);
    }
    breaks.push(end);
    continues.push(next);
    emit(l.body());
    breaks.pop();
    continues.pop();
    code.labelBinding(next);
    line(l.pos());
    if (l.step() != null) {
      all.effects.evaluate(l.step());
    }
    if (!l.bounded()) {
      poll();
    }
    if (l.testFirst() || l.test() == null) {
      code.goto_(top);
    } else {
      all.conditions.branch(l.test(), top, true);
    }
    code.labelBinding(end);
  }

  /** Counts a turn of a loop; once in a while asks whether the run should stop. */
  private void poll() {
    Label go = code.newLabel();
    code.iinc(frame.budgetSlot, -1);
    code.iload(frame.budgetSlot);
    code.ifge(go);
    frame.context();
    code.invokevirtual(Jvm.CONTEXT, "poll", Jvm.method(Jvm.INT));
    code.istore(frame.budgetSlot);
    code.labelBinding(go);
  }
}
