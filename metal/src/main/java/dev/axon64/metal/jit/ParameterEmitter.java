package dev.axon64.metal.jit;

import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Takes over the parameters of a method, into memory where they need an address. */
final class ParameterEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  ParameterEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** How many JVM slots the arguments for a parameter take. */
  static int slots(Type type) {
    return switch (type) {
      case PointerType p -> 3;
      case VectorType v -> v.count() * (v.element().carrier() == Scalar.Carrier.LONG ? 2 : 1);
      default -> !type.isScalar() ? 3 : type.scalar().carrier() == Scalar.Carrier.LONG ? 2 : 1;
    };
  }

  /** True if the parameter must be copied to memory: its address is taken, or pieces change it. */
  private boolean moves(Var var) {
    return var.inMemory() || (frame.space().inPieces() && var.isAssigned());
  }

  /** Takes a parameter over; gives the slot after it. */
  int take(Var var, int slot) {
    switch (var.type()) {
      case PointerType p -> pointer(var, slot);
      case VectorType v -> vector(var, v, slot);
      default -> {
        if (var.type().isScalar()) {
          scalar(var, slot);
        } else {
          struct(var, slot);
        }
      }
    }
    return slot + slots(var.type());
  }

  private void pointer(Var var, int slot) {
    if (!moves(var)) {
      frame.bind(var, new Storage.PointerLocal(slot, slot + 1));
      return;
    }
    TypeKind kind = all.places.push(target(var));
    code.aload(0);
    code.aload(slot);
    code.lload(slot + 1);
    code.invokevirtual(Jvm.CONTEXT, "encode", Jvm.method(Jvm.LONG, Jvm.BYTES, Jvm.LONG));
    all.places.store(Scalar.ULONG, kind);
  }

  private void vector(Var var, VectorType type, int slot) {
    int size = type.element().carrier() == Scalar.Carrier.LONG ? 2 : 1;
    int[] slots = new int[type.count()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot + i * size;
    }
    if (moves(var)) {
      all.writer.writeVector(target(var), type, slots);
    } else {
      frame.bind(var, new Storage.VectorLocal(slots));
    }
  }

  private void struct(Var var, int slot) {
    all.places.pushLong(target(var));
    code.aload(slot);
    code.lload(slot + 1);
    all.writer.copy(var.type());
  }

  private void scalar(Var var, int slot) {
    Scalar scalar = var.type().scalar();
    if (moves(var)) {
      TypeKind kind = all.places.push(target(var));
      code.loadLocal(Jvm.kind(scalar), slot);
      all.places.store(scalar, kind);
    } else {
      frame.bind(var, new Storage.Local(slot));
    }
  }

  private Target target(Var var) {
    Storage.Frame place = (Storage.Frame) frame.storage(var);
    return frame.place(place.offset());
  }
}
