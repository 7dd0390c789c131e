package dev.axon64.metal.msl;

import java.util.HashMap;
import java.util.Map;

/** The names of the built-in types. */
final class TypeNames {
  private static final Map<String, Type> ALL = new HashMap<>();
  private static final Map<String, String> REFUSED = new HashMap<>();

  static {
    for (Scalar scalar : Scalar.values()) {
      put(scalar.toString(), scalar);
    }
    String[] fixed = {
      "int8_t", "char", "uint8_t", "uchar", "int16_t", "short", "uint16_t", "ushort",
      "int32_t", "int", "uint32_t", "uint", "int64_t", "long", "uint64_t", "ulong",
      "size_t", "ulong", "ptrdiff_t", "long", "uintptr_t", "ulong", "intptr_t", "long"
    };
    for (int i = 0; i < fixed.length; i += 2) {
      ALL.put(fixed[i], ALL.get(fixed[i + 1]));
    }
    ALL.put("bfloat16_t", Scalar.BFLOAT);
    ALL.put("float16_t", Scalar.HALF);
    ALL.put("void", VoidType.VOID);
    ALL.put("atomic_int", new AtomicType(Scalar.INT));
    ALL.put("atomic_uint", new AtomicType(Scalar.UINT));
    ALL.put("atomic_bool", new AtomicType(Scalar.BOOL));
    ALL.put("atomic_float", new AtomicType(Scalar.FLOAT));
    ALL.put("atomic_long", new AtomicType(Scalar.LONG));
    ALL.put("atomic_ulong", new AtomicType(Scalar.ULONG));
    ALL.put("memory_order", new EnumType("memory_order", Scalar.INT, false));
    ALL.put("mem_flags", new EnumType("mem_flags", Scalar.INT, true));
    refuse("double", "Metal has no double; use float");
    for (String element : new String[] {"float", "half"}) {
      for (int columns = 2; columns <= 4; columns++) {
        for (int rows = 2; rows <= 4; rows++) {
          refuse(
              element + columns + "x" + rows,
              "matrices are not supported; use arrays of vectors, such as float4 m[4]");
        }
      }
    }
    for (String name :
        ("texture1d texture1d_array texture2d texture2d_array texture3d texturecube depth2d"
                + " texture_buffer sampler")
            .split(" ")) {
      refuse(name, "textures and samplers are not supported; pass the data in a buffer");
    }
    for (String name :
        "simdgroup_matrix simdgroup_float8x8 simdgroup_half8x8 command_buffer visible_function_table"
            .split(" ")) {
      refuse(name, name + " is not supported here; write the loop out");
    }
  }

  private TypeNames() {}

  private static void put(String name, Scalar scalar) {
    ALL.put(name, scalar);
    for (int count = 2; count <= 4; count++) {
      ALL.put(name + count, VectorType.of(scalar, count));
      ALL.put("vector_" + name + count, VectorType.of(scalar, count));
      ALL.put("simd_" + name + count, VectorType.of(scalar, count));
      ALL.put("packed_" + name + count, new VectorType(scalar, count, true));
    }
  }

  private static void refuse(String name, String why) {
    REFUSED.put(name, why);
  }

  /** The built-in type of that name, or null. */
  static Type named(String name) {
    return ALL.get(name);
  }

  /** Why that well-known type is not supported, or null. */
  static String refusal(String name) {
    return REFUSED.get(name);
  }
}
