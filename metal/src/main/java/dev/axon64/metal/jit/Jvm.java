package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.ScalarMath;
import dev.axon64.metal.msl.StructType;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import dev.axon64.metal.msl.VectorType;
import dev.axon64.metal.msl.VoidType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** Descriptors of the JVM for types of the shading language. */
final class Jvm {
  static final ClassDesc CONTEXT = desc(ThreadContext.class);
  static final ClassDesc MEMORY = desc(Memory.class);
  private static final ClassDesc FLOAT_MEMORY = desc(FloatMemory.class);
  static final ClassDesc MATH = desc(ScalarMath.class);
  private static final ClassDesc FLOAT_FUNCTIONS = desc(FloatFunctions.class);
  private static final ClassDesc INT_FUNCTIONS = desc(IntFunctions.class);
  private static final ClassDesc LONG_FUNCTIONS = desc(LongFunctions.class);
  static final ClassDesc ATOMICS = desc(Atomics.class);
  static final ClassDesc KERNEL = desc(KernelCode.class);
  static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
  static final ClassDesc INT = ConstantDescs.CD_int;
  static final ClassDesc LONG = ConstantDescs.CD_long;
  static final ClassDesc FLOAT = ConstantDescs.CD_float;
  static final ClassDesc VOID = ConstantDescs.CD_void;

  private Jvm() {}

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }

  /** The class with the library functions on a scalar. */
  static ClassDesc functions(Scalar scalar) {
    return switch (scalar.carrier()) {
      case INT -> INT_FUNCTIONS;
      case LONG -> LONG_FUNCTIONS;
      case FLOAT -> FLOAT_FUNCTIONS;
    };
  }

  /** The class with the accesses to a scalar in memory. */
  static ClassDesc memory(Scalar scalar) {
    return scalar.isFloat() ? FLOAT_MEMORY : MEMORY;
  }

  static ClassDesc carrier(Scalar scalar) {
    return switch (scalar.carrier()) {
      case INT -> INT;
      case LONG -> LONG;
      case FLOAT -> FLOAT;
    };
  }

  static TypeKind kind(Scalar scalar) {
    return switch (scalar.carrier()) {
      case INT -> TypeKind.INT;
      case LONG -> TypeKind.LONG;
      case FLOAT -> TypeKind.FLOAT;
    };
  }

  static MethodTypeDesc method(ClassDesc result, ClassDesc... parameters) {
    return MethodTypeDesc.of(result, parameters);
  }

  /**
   * The descriptor of a function. The context comes first. A pointer is an array and an offset, a
   * vector its components, a struct the place to copy it from. If the result is a vector or a
   * struct, the offset in the thread's memory to write it to comes last.
   */
  static MethodTypeDesc signature(Function function) {
    List<ClassDesc> parameters = new ArrayList<>();
    parameters.add(CONTEXT);
    for (Var var : function.parameters()) {
      Type type = var.type();
      if (type instanceof PointerType || type instanceof StructType) {
        parameters.add(BYTES);
        parameters.add(LONG);
      } else if (type instanceof VectorType v) {
        for (int i = 0; i < v.count(); i++) {
          parameters.add(carrier(v.element()));
        }
      } else {
        parameters.add(carrier(type.scalar()));
      }
    }
    Type result = function.result();
    if (inMemory(result)) {
      parameters.add(LONG);
    }
    ClassDesc returned =
        inMemory(result) || result == VoidType.VOID
            ? VOID
            : result instanceof PointerType ? LONG : carrier(result.scalar());
    return MethodTypeDesc.of(returned, parameters);
  }

  /** True for results that the callee writes where the caller says. */
  static boolean inMemory(Type type) {
    return type instanceof VectorType || type instanceof StructType;
  }

  /** The suffix of the accessors of {@link Memory} for a scalar in memory. */
  static String accessor(Scalar scalar, boolean put) {
    return switch (scalar) {
      case BOOL -> "Bool";
      case CHAR -> "Byte";
      case UCHAR -> put ? "Byte" : "Ubyte";
      case SHORT -> "Short";
      case USHORT -> put ? "Short" : "Ushort";
      case INT, UINT -> "Int";
      case LONG, ULONG -> "Long";
      case FLOAT -> "Float";
      case HALF -> "Half";
      case BFLOAT -> "Bfloat";
    };
  }
}
