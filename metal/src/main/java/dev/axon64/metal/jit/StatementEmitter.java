package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Pos;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.StructType;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import dev.axon64.metal.msl.VectorType;
import dev.axon64.metal.msl.VoidType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Statements. */
final class StatementEmitter {
  private static final int MOST_LINE = 65535;
  private static final int FELL_THROUGH = 0;
  private static final int BROKE = 1;
  private static final int CONTINUED = 2;
  private static final int RETURNED = 3;

  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Deque<Label> breaks = new ArrayDeque<>();
  private final Deque<Label> continues = new ArrayDeque<>();

  /** By identity: a macro may put equal labels of several switches in one place. */
  private final Map<Stmt.Case, Label> labels = new IdentityHashMap<>();

  private Emitters all;
  private boolean piece;
  private int resultSlot;
  private int lastLine;

  StatementEmitter(FunctionFrame frame) {
    this.frame = frame;
    this.code = frame.code;
  }

  void connect(Emitters emitters) {
    all = emitters;
  }

  /** The whole function; {@code resultSlot} holds where a result in memory goes. */
  void body(int slot, Stmt statements) {
    resultSlot = slot;
    emit(statements);
    finish();
  }

  /** A piece of a function: a method that answers how it was left. */
  void piece(int slot, Stmt.Outlined part) {
    resultSlot = slot;
    piece = true;
    part.body().forEach(this::emit);
    leave(FELL_THROUGH);
  }

  private void leave(int how) {
    code.loadConstant(how);
    code.ireturn();
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
      follow(how, BROKE, () -> jumpOut(breaks, BROKE));
    }
    if (o.continues()) {
      follow(how, CONTINUED, () -> jumpOut(continues, CONTINUED));
    }
    if (o.returns()) {
      follow(how, RETURNED, this::passResult);
    }
  }

  private void follow(int how, int wanted, Runnable action) {
    Label skip = code.newLabel();
    code.iload(how);
    code.loadConstant(wanted);
    code.if_icmpne(skip);
    action.run();
    code.labelBinding(skip);
  }

  private void jumpOut(Deque<Label> targets, int how) {
    if (targets.isEmpty()) {
      leave(how);
    } else {
      code.goto_(targets.peek());
    }
  }

  /** Returns what a piece has left in the result place. */
  private void passResult() {
    Type type = frame.function.result();
    if (piece) {
      leave(RETURNED);
    } else if (type == VoidType.VOID || Jvm.inMemory(type)) {
      code.return_();
    } else if (type instanceof PointerType) {
      pushResultPlace();
      all.places().load(Scalar.ULONG, TypeKind.INT);
      all.places().decode();
      returnPointer();
    } else {
      pushResultPlace();
      all.places().load(type.scalar(), TypeKind.INT);
      code.return_(Jvm.kind(type.scalar()));
    }
  }

  private void pushResultPlace() {
    frame.memory();
    code.loadConstant(frame.space().resultPlace());
  }

  /** In a piece: leaves the result for the caller. */
  private void leaveResult(Expr value) {
    Type type = frame.function.result();
    if (value != null) {
      if (type == VoidType.VOID) {
        evaluate(value);
      } else if (Jvm.inMemory(type)) {
        result(type, value);
      } else {
        PlaceEmitter.Target place =
            new PlaceEmitter.Target(frame.memorySlot, -1, frame.space().resultPlace());
        all.places().write(place, type, value);
      }
    }
    leave(RETURNED);
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
      case Stmt.Evaluate e -> evaluate(e.expr());
      case Stmt.If i -> ifElse(i);
      case Stmt.Loop l -> loop(l);
      case Stmt.Switch s -> choose(s);
      case Stmt.Case c -> code.labelBinding(labels.get(c));
      case Stmt.Break b -> jumpOut(breaks, BROKE);
      case Stmt.Continue c -> jumpOut(continues, CONTINUED);
      case Stmt.Outlined o -> outlined(o);
      case Stmt.Return r -> ret(r);
    }
  }

  private void declare(Stmt.Declare d) {
    Var var = d.var();
    Storage storage = frame.storage(var);
    if (storage instanceof Storage.Frame place) {
      PlaceEmitter.Target target = new PlaceEmitter.Target(frame.memorySlot, -1, place.offset());
      if (d.initial() == null) {
        all.places().zero(target, var.type());
      } else {
        all.places().write(target, var.type(), d.initial());
      }
    } else if (d.initial() == null) {
      zero(storage, var.type());
    } else {
      all.assignments().register(storage, var.type(), d.initial());
    }
  }

  private void zero(Storage storage, Type type) {
    switch (storage) {
      case Storage.Local local -> {
        all.scalars().constant(type.scalar(), 0);
        code.storeLocal(Jvm.kind(type.scalar()), local.slot());
      }
      case Storage.PointerLocal local -> {
        code.aconst_null();
        code.astore(local.base());
        code.lconst_0();
        code.lstore(local.offset());
      }
      case Storage.VectorLocal local -> {
        Scalar element = ((VectorType) type).element();
        for (int slot : local.slots()) {
          all.scalars().constant(element, 0);
          code.storeLocal(Jvm.kind(element), slot);
        }
      }
      default -> {}
    }
  }

  /** Evaluates for the effect alone. */
  void evaluate(Expr e) {
    switch (e) {
      case Expr.Assign a -> all.assignments().emit(a);
      case Expr.Compound c -> all.assignments().emit(c);
      case Expr.Step s -> all.assignments().emit(s);
      case Expr.Comma c -> {
        evaluate(c.first());
        evaluate(c.second());
      }
      case Expr.Call c -> call(c);
      default -> {
        if (e.type() == VoidType.VOID) {
          nothing(e);
        } else {
          discard(e);
        }
      }
    }
  }

  private void nothing(Expr e) {
    switch (e) {
      case Expr.Convert c -> evaluate(c.operand());
      case Expr.BuiltinCall b -> all.calls().builtin(b);
      case Expr.Cond c -> {
        Label no = code.newLabel();
        Label end = code.newLabel();
        all.scalars().branch(c.test(), no, false);
        evaluate(c.yes());
        code.goto_(end);
        code.labelBinding(no);
        evaluate(c.no());
        code.labelBinding(end);
      }
      default -> {}
    }
  }

  private void discard(Expr e) {
    switch (e.type()) {
      case VectorType v -> all.vectors().slots(e);
      case PointerType p -> {
        all.places().pointer(e);
        code.pop2();
        code.pop();
      }
      case StructType s -> {
        all.places().structAddress(e);
        code.pop2();
        code.pop();
      }
      default -> {
        if (e.type().isScalar()) {
          all.scalars().push(e);
          drop(e.type().scalar());
        }
      }
    }
  }

  void drop(Scalar type) {
    if (type.carrier() == Scalar.Carrier.LONG) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private void call(Expr.Call c) {
    if (Jvm.inMemory(c.type())) {
      all.calls().intoFrame(c);
      return;
    }
    all.calls().invoke(c, -1);
    if (c.type() instanceof PointerType) {
      code.pop2();
    } else if (c.type() != VoidType.VOID) {
      drop(c.type().scalar());
    }
  }

  private void ifElse(Stmt.If i) {
    Label no = code.newLabel();
    all.scalars().branch(i.test(), no, false);
    emit(i.yes());
    if (i.no() == null) {
      code.labelBinding(no);
      return;
    }
    Label end = code.newLabel();
    code.goto_(end);
    code.labelBinding(no);
    emit(i.no());
    code.labelBinding(end);
  }

  private void loop(Stmt.Loop l) {
    Label top = code.newLabel();
    Label next = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(top);
    if (l.testFirst() && l.test() != null) {
      all.scalars().branch(l.test(), end, false);
    }
    breaks.push(end);
    continues.push(next);
    emit(l.body());
    breaks.pop();
    continues.pop();
    code.labelBinding(next);
    line(l.pos());
    if (l.step() != null) {
      evaluate(l.step());
    }
    if (!l.bounded()) {
      poll();
    }
    if (l.testFirst() || l.test() == null) {
      code.goto_(top);
    } else {
      all.scalars().branch(l.test(), top, true);
    }
    code.labelBinding(end);
  }

  /** Counts the turn; once in a while asks whether the run shall stop. */
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

  private void choose(Stmt.Switch s) {
    Label end = code.newLabel();
    Label fallback = end;
    List<SwitchCase> cases = new ArrayList<>();
    zeroDeclared(s.body());
    for (Stmt.Case c : s.cases()) {
      Label label = code.newLabel();
      labels.put(c, label);
      if (c.isDefault()) {
        fallback = label;
      }
    }
    Scalar type = s.value().type().scalar();
    all.scalars().push(s.value());
    boolean wide = type.carrier() == Scalar.Carrier.LONG;
    int value = wide ? code.allocateLocal(TypeKind.LONG) : -1;
    if (wide) {
      code.lstore(value);
    }
    for (Stmt.Case c : s.cases()) {
      if (c.isDefault()) {
        continue;
      }
      if (wide) {
        code.lload(value);
        code.loadConstant(c.value());
        code.lcmp();
        code.ifeq(labels.get(c));
      } else {
        cases.add(SwitchCase.of((int) c.value(), labels.get(c)));
      }
    }
    if (wide) {
      code.goto_(fallback);
    } else {
      jumpTable(cases, fallback);
    }
    breaks.push(end);
    emit(s.body());
    breaks.pop();
    code.labelBinding(end);
  }

  private void jumpTable(List<SwitchCase> cases, Label fallback) {
    if (cases.isEmpty()) {
      code.pop();
      code.goto_(fallback);
      return;
    }
    long least = cases.stream().mapToInt(SwitchCase::caseValue).min().getAsInt();
    long most = cases.stream().mapToInt(SwitchCase::caseValue).max().getAsInt();
    if (most - least <= 4L * cases.size() + 16) {
      code.tableswitch((int) least, (int) most, fallback, cases);
    } else {
      code.lookupswitch(fallback, cases);
    }
  }

  /** A label may be jumped to past a declaration, so what a switch declares is zeroed before it. */
  private void zeroDeclared(Stmt stmt) {
    switch (stmt) {
      case Stmt.Block b -> b.body().forEach(this::zeroDeclared);
      case Stmt.Declare d -> zero(frame.storage(d.var()), d.var().type());
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

  private void ret(Stmt.Return r) {
    Type type = frame.function.result();
    if (piece) {
      leaveResult(r.value());
    } else if (r.value() == null || type == VoidType.VOID) {
      if (r.value() != null) {
        evaluate(r.value());
      }
      code.return_();
    } else if (Jvm.inMemory(type)) {
      result(type, r.value());
      code.return_();
    } else if (type instanceof PointerType) {
      all.places().pointer(r.value());
      returnPointer();
    } else {
      all.scalars().push(r.value());
      code.return_(Jvm.kind(type.scalar()));
    }
  }

  /** Returns the pointer whose base and offset are on the stack. */
  private void returnPointer() {
    int offset = code.allocateLocal(TypeKind.LONG);
    int base = code.allocateLocal(TypeKind.REFERENCE);
    code.lstore(offset);
    code.astore(base);
    frame.context();
    code.aload(base);
    code.putfield(Jvm.CONTEXT, "resultBase", Jvm.BYTES);
    code.lload(offset);
    code.lreturn();
  }

  private void result(Type type, Expr value) {
    PlaceEmitter.Target target = new PlaceEmitter.Target(frame.memorySlot, resultSlot, 0);
    all.places().write(target, type, value);
  }

  /** The end of the body: where C++ leaves a missing result open, it is zero. */
  private void finish() {
    Type type = frame.function.result();
    if (type == VoidType.VOID || Jvm.inMemory(type)) {
      code.return_();
    } else if (type instanceof PointerType) {
      frame.context();
      code.aconst_null();
      code.putfield(Jvm.CONTEXT, "resultBase", Jvm.BYTES);
      code.lconst_0();
      code.lreturn();
    } else {
      all.scalars().constant(type.scalar(), 0);
      code.return_(Jvm.kind(type.scalar()));
    }
  }
}
