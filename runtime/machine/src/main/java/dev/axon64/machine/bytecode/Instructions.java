package dev.axon64.machine.bytecode;

import dev.axon64.codegen.isa.ir.BinaryOp;
import java.lang.classfile.CodeBuilder;

/** The operators of the IR that are one instruction of the JVM. */
final class Instructions {
  private Instructions() {}

  /** Prints the operator for two {@code long}s, or a {@code long} and a shift amount. */
  static CodeBuilder onLongs(CodeBuilder code, BinaryOp op) {
    return switch (op) {
      case ADD -> code.ladd();
      case SUB -> code.lsub();
      case MUL -> code.lmul();
      case SDIV -> code.ldiv();
      case AND -> code.land();
      case OR -> code.lor();
      case XOR -> code.lxor();
      case LSL -> code.lshl();
      case LSR -> code.lushr();
      case ASR -> code.lshr();
      case UDIV, UMULH, SMULH, ROR, EQ, ULT, SLT -> throw noInstruction(op);
    };
  }

  /** Prints the operator for two {@code int}s or two truths. */
  static CodeBuilder onInts(CodeBuilder code, BinaryOp op) {
    return switch (op) {
      case ADD -> code.iadd();
      case SUB -> code.isub();
      case MUL -> code.imul();
      case SDIV -> code.idiv();
      case AND -> code.iand();
      case OR -> code.ior();
      case XOR -> code.ixor();
      case LSL -> code.ishl();
      case LSR -> code.iushr();
      case ASR -> code.ishr();
      case UDIV, UMULH, SMULH, ROR, EQ, ULT, SLT -> throw noInstruction(op);
    };
  }

  private static IllegalArgumentException noInstruction(BinaryOp op) {
    return new IllegalArgumentException("the JVM has no instruction for " + op);
  }
}
