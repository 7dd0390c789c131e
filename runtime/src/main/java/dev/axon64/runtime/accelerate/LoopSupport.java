package dev.axon64.runtime.accelerate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.runtime.memory.AddressSpace;

/** What compiled loops call. */
final class LoopSupport {
  private static final BinaryOp[] BINARY = BinaryOp.values();
  private static final UnaryOp[] UNARY = UnaryOp.values();

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
}
