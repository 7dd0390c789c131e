package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.machine.state.Register;

/** Values in words: registers by their names, locals by their numbers, as {@code (X3 + %7)}. */
final class NodeText {
  private NodeText() {}

  static String of(Node node) {
    return switch (node) {
      case Node.Const n -> number(n.value());
      case Node.Local n -> local(n);
      case Node.Unary n -> n.op() + "(" + of(n.operand()) + ")";
      case Node.Binary n -> "(" + of(n.left()) + " " + n.op() + " " + of(n.right()) + ")";
      case Node.Extract n ->
          "%s<%d:%d>".formatted(of(n.operand()), n.low() + n.width() - 1, n.low());
      case Node.Extend n ->
          (n.signed() ? "signed" : "zero") + n.width() + "(" + of(n.operand()) + ")";
      case Node.Concat n -> of(n.high()) + ":" + of(n.low());
      case Node.Select n ->
          "(" + of(n.condition()) + " ? " + of(n.yes()) + " : " + of(n.no()) + ")";
      case Node.GetX n -> "X[" + of(n.index()) + "]";
      case Node.GetV n -> "V[" + of(n.index()) + "]" + (n.half() == 0 ? " low" : " high");
      case Node.GetState n -> n.name();
      case Node.Field n -> n.name();
      case Node.Word n -> "word";
      case Node.Pc n -> "pc";
    };
  }

  /** A local; the value of a register at the block's beginning has the register's name. */
  static String local(Node.Local local) {
    return local.id() < 0 ? slot(Block.slot(local)) : "%" + local.id();
  }

  /** The name of a register or of a part of one. */
  static String slot(int slot) {
    return Register.at(slot).slotName(slot);
  }

  private static String number(long value) {
    return value >= -9 && value <= 9 ? Long.toString(value) : "0x" + Long.toHexString(value);
  }
}
