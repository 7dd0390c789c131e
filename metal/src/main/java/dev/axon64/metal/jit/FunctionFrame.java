package dev.axon64.metal.jit;

import dev.axon64.metal.msl.ArrayType;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Pos;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Space;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.Map;

/** What all emitters of one function share: the code, the variables, the frame. */
final class FunctionFrame {
  final CodeBuilder code;
  final Function function;
  final Layout layout;
  final int memorySlot;
  final int budgetSlot;
  private final FunctionSpace space;

  /** Parameters in the JVM locals of this method. */
  private final Map<Var, Storage> bound = new HashMap<>();

  FunctionFrame(CodeBuilder code, FunctionSpace space, Layout layout) {
    this.code = code;
    this.function = space.function();
    this.layout = layout;
    this.space = space;
    this.memorySlot = code.allocateLocal(TypeKind.REFERENCE);
    this.budgetSlot = code.allocateLocal(TypeKind.INT);
  }

  FunctionSpace space() {
    return space;
  }

  int allocate(Type type, Pos pos) {
    return space.allocate(type, pos);
  }

  int local(Scalar scalar) {
    return code.allocateLocal(Jvm.kind(scalar));
  }

  Storage.PointerLocal pointerLocal() {
    return new Storage.PointerLocal(
        code.allocateLocal(TypeKind.REFERENCE), code.allocateLocal(TypeKind.LONG));
  }

  Storage storage(Var var) {
    Storage known = bound.getOrDefault(var, space.variables().get(var));
    if (known == null) {
      known = var.space() == Space.THREAD ? create(var) : layout.storage(var);
      space.variables().put(var, known);
    }
    return known;
  }

  void bind(Var var, Storage storage) {
    bound.put(var, storage);
  }

  private Storage create(Var var) {
    Type type = var.type();
    if (var.inMemory() || type instanceof ArrayType || space.inPieces()) {
      return new Storage.Frame(allocate(type, var.pos()));
    }
    return switch (type) {
      case PointerType p -> pointerLocal();
      case VectorType v -> {
        int[] slots = new int[v.count()];
        for (int i = 0; i < slots.length; i++) {
          slots[i] = local(v.element());
        }
        yield new Storage.VectorLocal(slots);
      }
      default -> new Storage.Local(local(type.scalar()));
    };
  }

  void context() {
    code.aload(0);
  }

  /** A place of the thread's memory. */
  Target place(int offset) {
    return new Target(memorySlot, -1, offset);
  }

  void memory() {
    code.aload(memorySlot);
  }
}
