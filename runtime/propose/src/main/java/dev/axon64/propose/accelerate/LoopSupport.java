package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.machine.memory.AddressSpace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What compiled loops call. */
final class LoopSupport {
  private static final BinaryOp[] BINARY = BinaryOp.values();
  private static final UnaryOp[] UNARY = UnaryOp.values();

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LoopSupport() {}

  static long binary(long a, long b, int op, int width) {
    return BINARY[op].apply(width, a, b);
  }

  static long unary(long a, int op, int width) {
    return UNARY[op].apply(width, a);
  }

  static long load(AddressSpace memory, long a, int bytes) {
    return switch (bytes) {
      case 1 -> memory.load8(a);
      case 2 -> memory.load16(a);
      case 4 -> memory.load32(a);
      default -> memory.load64(a);
    };
  }

  /**
   * For how long an access stays in its page.
   *
   * @param a its address at the iteration {@code index}
   * @return the first iteration in which it does not, if before {@code limit}, else that
   */
  static int window(long a, int step, int bytes, int index, int limit) {
    int at = (int) a & AddressSpace.PAGE - 1;
    int room = AddressSpace.PAGE - bytes - at;
    if (room < 0) {
      return index;
    }
    int more = step > 0 ? room / step : step < 0 ? at / -step : limit;
    return Math.min(limit, index + more + 1);
  }

  static long get16(byte[] page, int at) {
    return (short) SHORT.get(page, at) & 0xffffL;
  }

  static long get32(byte[] page, int at) {
    return (int) INT.get(page, at) & 0xffff_ffffL;
  }

  static long get64(byte[] page, int at) {
    return (long) LONG.get(page, at);
  }

  static void put16(byte[] page, int at, long value) {
    SHORT.set(page, at, (short) value);
  }

  static void put32(byte[] page, int at, long value) {
    INT.set(page, at, (int) value);
  }

  static void put64(byte[] page, int at, long value) {
    LONG.set(page, at, value);
  }
}
