package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VoidType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Leaves functions, and the pieces that they are cut into. */
final class ReturnEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;
  private boolean piece;
  private int resultSlot;

  ReturnEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Says which JVM local holds where a result in memory goes. */
  void resultSlot(int slot) {
    resultSlot = slot;
  }

  /** Says that this method is a piece of a function. */
  void inPiece() {
    piece = true;
  }

  /** Returns what a piece has left in the result place. */
  void passResult() {
    Type type = frame.function.result();
    if (piece) {
      leave(Exit.RETURNED);
    } else if (type == VoidType.VOID || Jvm.inMemory(type)) {
      code.return_();
    } else if (type instanceof PointerType) {
      pushResultPlace();
      all.places.load(Scalar.ULONG, TypeKind.INT);
      all.pointers.decode();
      returnPointer();
    } else {
      pushResultPlace();
      all.places.load(type.scalar(), TypeKind.INT);
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
        all.effects.evaluate(value);
      } else if (Jvm.inMemory(type)) {
        result(type, value);
      } else {
        all.writer.write(frame.place(frame.space().resultPlace()), type, value);
      }
    }
    leave(Exit.RETURNED);
  }

  void emit(Stmt.Return r) {
    Type type = frame.function.result();
    if (piece) {
      leaveResult(r.value());
    } else if (r.value() == null || type == VoidType.VOID) {
      if (r.value() != null) {
        all.effects.evaluate(r.value());
      }
      code.return_();
    } else if (Jvm.inMemory(type)) {
      result(type, r.value());
      code.return_();
    } else if (type instanceof PointerType) {
      all.pointers.push(r.value());
      returnPointer();
    } else {
      all.scalars.push(r.value());
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
    Target target = new Target(frame.memorySlot, resultSlot, 0);
    all.writer.write(target, type, value);
  }

  /** The end of the body: where C++ leaves a missing result open, it is zero. */
  void finish() {
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
      all.scalars.constant(type.scalar(), 0);
      code.return_(Jvm.kind(type.scalar()));
    }
  }

  /** Leaves a piece. */
  void leave(Exit how) {
    code.loadConstant(how.ordinal());
    code.ireturn();
  }
}
