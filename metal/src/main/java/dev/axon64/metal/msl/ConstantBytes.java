package dev.axon64.metal.msl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Lays constants out as bytes. */
public final class ConstantBytes {
  private ConstantBytes() {}

  /** True if the value is known when compiling. */
  static boolean isConstant(Expr e) {
    return switch (e) {
      case Expr.Const c -> true;
      case Expr.Construct c -> c.parts().stream().allMatch(ConstantBytes::isConstant);
      case Expr.Aggregate a -> a.parts().stream().allMatch(ConstantBytes::isConstant);
      case Expr.Convert c ->
          c.type() instanceof VectorType to
              && c.operand().type() instanceof VectorType from
              && to.element() == from.element()
              && isConstant(c.operand());
      default -> false;
    };
  }

  /** Writes {@code value} as {@code type} at {@code offset}; what it leaves out stays zero. */
  public static void write(byte[] bytes, int offset, Type type, Expr value) {
    write(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), offset, type, value);
  }

  private static void write(ByteBuffer out, int offset, Type type, Expr value) {
    switch (value) {
      case Expr.Const c -> {
        if (type.isScalar()) {
          scalar(out, offset, type.scalar(), c.bits());
        }
      }
      case Expr.Convert c -> write(out, offset, type, c.operand());
      case Expr.Construct c -> {
        VectorType vector = c.type();
        int index = 0;
        List<Expr> parts = c.parts();
        boolean fill = parts.size() == 1;
        for (int i = 0; i < (fill ? vector.count() : parts.size()); i++) {
          Expr part = parts.get(fill ? 0 : i);
          int at = offset + (int) (index * vector.element().size());
          write(out, at, part.type(), part);
          index += Checker.count(part.type());
        }
      }
      case Expr.Aggregate a -> {
        for (int i = 0; i < a.parts().size(); i++) {
          Expr part = a.parts().get(i);
          if (a.type() instanceof StructType struct) {
            StructType.Field field = struct.fields().get(i);
            write(out, offset + (int) field.offset(), field.type(), part);
          } else {
            Type element = ((ArrayType) a.type()).element();
            write(out, offset + (int) (i * element.size()), element, part);
          }
        }
      }
      default -> throw value.pos().error("this value is not known when compiling");
    }
  }

  private static void scalar(ByteBuffer out, int offset, Scalar type, long bits) {
    switch (type) {
      case BOOL, CHAR, UCHAR -> out.put(offset, (byte) bits);
      case SHORT, USHORT -> out.putShort(offset, (short) bits);
      case INT, UINT, FLOAT -> out.putInt(offset, (int) bits);
      case LONG, ULONG -> out.putLong(offset, bits);
      case HALF -> out.putShort(offset, Float.floatToFloat16(Float.intBitsToFloat((int) bits)));
      case BFLOAT -> out.putShort(offset, (short) (bits >>> 16));
    }
  }
}
