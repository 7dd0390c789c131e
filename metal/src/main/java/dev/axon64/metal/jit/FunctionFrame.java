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
  /** Memory that one thread may take. */
  static final long MOST_THREAD_BYTES = 1 << 20;

  final CodeBuilder code;
  final Function function;
  final Layout layout;
  final int memorySlot;
  final int budgetSlot;
  private final Map<Var, Storage> variables = new HashMap<>();
  private long frameEnd;

  FunctionFrame(CodeBuilder code, Function function, Layout layout, int begin) {
    this.code = code;
    this.function = function;
    this.layout = layout;
    this.frameEnd = begin;
    this.memorySlot = code.allocateLocal(TypeKind.REFERENCE);
    this.budgetSlot = code.allocateLocal(TypeKind.INT);
  }

  long frameEnd() {
    return frameEnd;
  }

  /** Takes a place of the thread's memory for the rest of the function. */
  int allocate(Type type, Pos pos) {
    long align = type.align();
    long offset = (frameEnd + align - 1) / align * align;
    frameEnd = offset + type.size();
    if (frameEnd > MOST_THREAD_BYTES) {
      throw pos.error(
          "with this, a thread of '%s' needs over %d bytes of memory; make arrays smaller"
              .formatted(function.name(), MOST_THREAD_BYTES));
    }
    return (int) offset;
  }

  int local(Scalar scalar) {
    return code.allocateLocal(Jvm.kind(scalar));
  }

  Storage.PointerLocal pointerLocal() {
    return new Storage.PointerLocal(
        code.allocateLocal(TypeKind.REFERENCE), code.allocateLocal(TypeKind.LONG));
  }

  Storage storage(Var var) {
    Storage known = variables.get(var);
    if (known == null) {
      known = var.space() == Space.THREAD ? create(var) : layout.storage(var);
      variables.put(var, known);
    }
    return known;
  }

  void bind(Var var, Storage storage) {
    variables.put(var, storage);
  }

  private Storage create(Var var) {
    Type type = var.type();
    if (var.inMemory() || type instanceof ArrayType) {
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

  void memory() {
    code.aload(memorySlot);
  }
}
