package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Scalar;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;

/** Reads the bits of the scalar on the JVM stack as another of the same size. */
final class Bitcasts {
  private Bitcasts() {}

  static void apply(CodeBuilder code, Scalar from, Scalar to) {
    if (from == to) {
      return;
    }
    if (from.isFloat()) {
      toBits(code, from);
      if (to.isInteger()) {
        Arithmetic.wrap(code, to);
        return;
      }
    }
    if (to.isFloat()) {
      fromBits(code, to);
    } else if (from.carrier() == Scalar.Carrier.INT) {
      Arithmetic.wrap(code, to);
    }
  }

  private static void toBits(CodeBuilder code, Scalar from) {
    if (from == Scalar.HALF) {
      code.invokestatic(
          ConstantDescs.CD_Float, "floatToFloat16", Jvm.method(ConstantDescs.CD_short, Jvm.FLOAT));
      return;
    }
    code.invokestatic(ConstantDescs.CD_Float, "floatToRawIntBits", Jvm.method(Jvm.INT, Jvm.FLOAT));
    if (from == Scalar.BFLOAT) {
      code.bipush(16);
      code.ishr();
    }
  }

  private static void fromBits(CodeBuilder code, Scalar to) {
    if (to == Scalar.HALF) {
      code.i2s();
      code.invokestatic(
          ConstantDescs.CD_Float, "float16ToFloat", Jvm.method(Jvm.FLOAT, ConstantDescs.CD_short));
      return;
    }
    if (to == Scalar.BFLOAT) {
      code.bipush(16);
      code.ishl();
    }
    code.invokestatic(ConstantDescs.CD_Float, "intBitsToFloat", Jvm.method(Jvm.FLOAT, Jvm.INT));
  }
}
