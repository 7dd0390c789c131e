package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Expression;
import java.util.List;

/** Reads of registers and memory, and the rules about them that writes share. */
final class Storage {
  private final Context context;
  private final Expressions expressions;

  Storage(Context context, Expressions expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  /** The value of {@code X[r]}, {@code Mem[a, k]} and the like. */
  Value read(Expression.Access e) {
    List<Expression> arguments = e.arguments();
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw e.at()
          .error(e.file() + " takes one or two values in its brackets, its index and how much");
    }
    if (e.file().equals("Mem")) {
      return memory(e);
    }
    Node index = index(arguments.get(0));
    boolean vector = e.file().equals("V");
    int full = vector ? Value.WIDEST : Long.SIZE;
    int width = arguments.size() == 2 ? expressions.number(arguments.get(1)) : full;
    if (width < 1 || width > full) {
      throw e.at().error(width + " bits of a register of " + full + "; give 1 to " + full);
    }
    if (!vector) {
      return Bits.of(Ops.extract(width, 0, new Node.GetX(index, e.file().equals("XSP"))));
    }
    Node low = new Node.GetV(index, 0);
    return width <= Long.SIZE
        ? Bits.of(Ops.extract(width, 0, low))
        : Wide.slice(new Bits(low, new Node.GetV(index, 1)), 0, width);
  }

  /** The number of a register in a file of them. */
  Node index(Expression e) {
    return expressions.bits(e, 5).low();
  }

  private Value memory(Expression.Access e) {
    if (e.arguments().size() != 2) {
      throw e.at().error("Mem takes an address and a number of bytes");
    }
    context.mayFault(e.at());
    Node address = context.keep("address", expressions.bits(e.arguments().get(0), Long.SIZE).low());
    int bytes = bytes(e.arguments().get(1));
    if (bytes <= Long.BYTES) {
      return Bits.of(load(address, bytes));
    }
    Node low = load(address, Long.BYTES);
    return new Bits(low, load(second(address), Long.BYTES));
  }

  private Node load(Node address, int bytes) {
    Node.Local local = context.local(bytes * Byte.SIZE, "loaded");
    context.emit(new Effect.Load(local, address, bytes));
    return local;
  }

  /** The address of the upper half of 16 bytes. */
  static Node second(Node address) {
    return Ops.binary(BinaryOp.ADD, address, Ops.constant(Long.SIZE, Long.BYTES));
  }

  /** A number of bytes that one access may have. */
  int bytes(Expression e) {
    int bytes = expressions.number(e);
    if (bytes < 1 || bytes > 16 || Integer.bitCount(bytes) != 1) {
      throw e.at().error("memory is accessed by 1, 2, 4, 8 or 16 bytes, not " + bytes);
    }
    return bytes;
  }
}
