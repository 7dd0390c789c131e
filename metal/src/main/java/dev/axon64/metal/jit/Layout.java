package dev.axon64.metal.jit;

import dev.axon64.metal.msl.ConstantBytes;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.ShaderUnit;
import dev.axon64.metal.msl.Space;
import dev.axon64.metal.msl.Var;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where file-scope constants and threadgroup variables lie, and what things are called. */
final class Layout {
  private static final long MOST_BYTES = 1 << 28;

  private final Map<Var, Storage> places = new HashMap<>();
  private final ClassDesc owner;
  private final Map<Function, String> methodNames = new HashMap<>();
  private final byte[] constants;
  private final int sharedBytes;

  Layout(ShaderUnit unit, ClassDesc owner) {
    this.owner = owner;
    constants = new byte[place(unit.constants(), Space.CONSTANT)];
    for (Var var : unit.constants()) {
      Storage.Table table = (Storage.Table) places.get(var);
      ConstantBytes.write(constants, table.offset(), var.type(), var.initial());
    }
    sharedBytes = place(unit.shared(), Space.THREADGROUP);
  }

  private int place(List<Var> vars, Space space) {
    long end = 0;
    for (Var var : vars) {
      int align = Math.max(16, var.type().align());
      long offset = (end + align - 1) / align * align;
      end = offset + var.type().size();
      if (end > MOST_BYTES) {
        throw var.pos().error(space + " variables take over " + MOST_BYTES + " bytes");
      }
      places.put(
          var,
          space == Space.CONSTANT
              ? new Storage.Table((int) offset)
              : new Storage.Shared((int) offset));
    }
    return (int) ((end + 15) / 16 * 16);
  }

  Storage storage(Var var) {
    return places.get(var);
  }

  /** The class that the kernel becomes. */
  ClassDesc owner() {
    return owner;
  }

  /** A JVM name for a function, told apart from its overloads. */
  String methodName(Function function) {
    return methodNames.computeIfAbsent(
        function, f -> f.name().replaceAll("[^A-Za-z0-9_]", "_") + "$" + methodNames.size());
  }

  byte[] constants() {
    return constants;
  }

  int sharedBytes() {
    return sharedBytes;
  }
}
