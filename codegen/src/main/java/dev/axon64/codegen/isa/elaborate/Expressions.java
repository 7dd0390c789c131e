package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.List;
import java.util.Optional;

/** Turns expressions into values, with their reads of memory emitted before. */
final class Expressions {
  private final Context context;

  Expressions(Context context) {
    this.context = context;
  }

  Value value(Expression e) {
    return context.bounded(tree(e));
  }

  private Value tree(Expression e) {
    if (e instanceof Expression.Number number) {
      return Value.number(number.value());
    }
    if (e instanceof Expression.Name name) {
      return name(name);
    }
    if (e instanceof Expression.Unary unary) {
      return unary(unary);
    }
    if (e instanceof Expression.Binary binary) {
      return binary(binary);
    }
    if (e instanceof Expression.Choice choice) {
      return choice(choice);
    }
    if (e instanceof Expression.Slice slice) {
      return slice(slice);
    }
    if (e instanceof Expression.Access access) {
      return access(access);
    }
    if (e instanceof Expression.Call call) {
      return new Calls(context).call(call);
    }
    Expression.Tuple tuple = (Expression.Tuple) e;
    return new Value.Tuple(tuple.parts().stream().map(this::value).toList());
  }

  /** A number that must be known. */
  int number(Expression e) {
    long number = value(e).asNumber(e.at());
    if (number != (int) number) {
      throw e.at().error("the number " + number + " is out of range; give one of 32 bits");
    }
    return (int) number;
  }

  /** Bits of a given width. */
  Bits bits(Expression e, int width) {
    return value(e).asBits(width, e.at());
  }

  /** A condition: empty if it is only known at run time. */
  Optional<Boolean> known(Value condition, Position at) {
    if (condition instanceof Value.Number n) {
      return Optional.of(n.value() != 0);
    }
    Node node = condition.asNode(at);
    if (node.width() != 1) {
      throw at.error(
          "a condition has 1 bit; this has " + node.width() + "; compare it with a number");
    }
    return node instanceof Node.Const c ? Optional.of(c.value() != 0) : Optional.empty();
  }

  private Value name(Expression.Name name) {
    Scope.Variable variable = context.scope.find(name.text());
    if (variable != null) {
      return variable.value;
    }
    if (name.text().equals("PC")) {
      if (context.shared) {
        throw name.at().error("a shared function has no PC; pass it as an argument");
      }
      return Bits.of(context.pc);
    }
    Declaration declaration = context.globals.find(name.text());
    if (declaration instanceof Declaration.Constant constant) {
      return context.globals.constant(constant);
    }
    if (declaration instanceof Declaration.State state) {
      checkNamed(state, name.at());
      return Bits.of(new Node.GetState(state.width(), state.name()));
    }
    throw name.at().error("'" + name.text() + "' names no value here; declare it or mend its name");
  }

  /** The stack pointer has a form of its own; X and V are no names to the parser. */
  static void checkNamed(Declaration.State state, Position at) {
    if (state.name().equals(Register.STACK)) {
      throw at.error("the stack pointer is a general register; write XSP[31]");
    }
  }

  private Value unary(Expression.Unary e) {
    Value a = value(e.operand());
    if (a instanceof Value.Number n) {
      return Value.number(
          switch (e.operator()) {
            case "-" -> -n.value();
            case "~" -> ~n.value();
            default -> n.value() == 0 ? 1 : 0;
          });
    }
    Bits bits = a.asBits(e.at());
    return switch (e.operator()) {
      case "-" -> Wide.subtract(Wide.make(bits.width(), 0, 0), bits);
      case "~" -> Wide.not(bits);
      default -> {
        if (bits.width() != 1) {
          throw e.at().error("'!' takes 1 bit; this has " + bits.width() + "; compare with 0");
        }
        yield Wide.not(bits);
      }
    };
  }

  private Value binary(Expression.Binary e) {
    String operator = e.operator();
    Value a = value(e.left());
    if ((operator.equals("&&") || operator.equals("||"))) {
      Optional<Boolean> known = known(a, e.left().at());
      boolean and = operator.equals("&&");
      if (known.isPresent() && known.get() != and) {
        return truth(a, known.get());
      }
      Value b = value(e.right());
      Optional<Boolean> second = known(b, e.right().at());
      if (known.isPresent()) {
        return second.isPresent() ? truth(b, second.get()) : b;
      }
      if (second.isPresent()) {
        return second.get() == and ? a : truth(a, second.get());
      }
      return Wide.bitwise(and ? BinaryOp.AND : BinaryOp.OR, a.asBits(e.at()), b.asBits(e.at()));
    }
    Value b = value(e.right());
    if (operator.equals("@")) {
      Bits high = a.asBits(e.left().at());
      Bits low = b.asBits(e.right().at());
      if (high.width() + low.width() > Value.WIDEST) {
        throw e.at()
            .error(
                high.width() + low.width() + " bits together; values have up to 128, so slice one");
      }
      return Wide.concat(high, low);
    }
    if (a instanceof Value.Number x && b instanceof Value.Number y) {
      return Value.number(Numbers.apply(operator, x.value(), y.value(), e.at()));
    }
    int width = (a instanceof Bits bits ? bits : b.asBits(e.at())).width();
    return operate(operator, a.asBits(width, e.at()), b.asBits(width, e.at()), e.at());
  }

  /** Of a number it is a number, of bits a bit. */
  private static Value truth(Value of, boolean value) {
    long number = value ? 1 : 0;
    return of instanceof Bits ? Bits.of(Ops.constant(1, number)) : new Value.Number(number, 1);
  }

  private Value operate(String operator, Bits a, Bits b, Position at) {
    return switch (operator) {
      case "+" -> Wide.add(a, b);
      case "-" -> Wide.subtract(a, b);
      case "*" -> Wide.multiply(a, b);
      case "&" -> Wide.bitwise(BinaryOp.AND, a, b);
      case "|" -> Wide.bitwise(BinaryOp.OR, a, b);
      case "^" -> Wide.bitwise(BinaryOp.XOR, a, b);
      case "==" -> Bits.of(Wide.equal(a, b));
      case "!=" -> Bits.of(Ops.not(Wide.equal(a, b)));
      case "<u" -> Bits.of(Wide.less(a, b, false));
      case ">u" -> Bits.of(Wide.less(b, a, false));
      case "<=u" -> Bits.of(Ops.not(Wide.less(b, a, false)));
      case ">=u" -> Bits.of(Ops.not(Wide.less(a, b, false)));
      case "<s" -> Bits.of(Wide.less(a, b, true));
      case ">s" -> Bits.of(Wide.less(b, a, true));
      case "<=s" -> Bits.of(Ops.not(Wide.less(b, a, true)));
      case ">=s" -> Bits.of(Ops.not(Wide.less(a, b, true)));
      case "<", "<=", ">", ">=" ->
          throw at.error(
              "bits are compared signed or unsigned; write " + operator + "s or " + operator + "u");
      default -> throw at.error("'" + operator + "' takes numbers only; bits have lsl, lsr, udiv");
    };
  }

  private Value choice(Expression.Choice e) {
    Value condition = value(e.condition());
    Optional<Boolean> known = known(condition, e.condition().at());
    if (known.isPresent()) {
      return value(known.get() ? e.yes() : e.no());
    }
    Value yes = side(e.yes());
    Value no = side(e.no());
    if (yes instanceof Value.Number && no instanceof Value.Number) {
      throw e.at().error("the two numbers have no width here; write bits(k, n)");
    }
    int width = (yes instanceof Bits bits ? bits : no.asBits(e.at())).width();
    return Wide.select(
        condition.asNode(e.at()), yes.asBits(width, e.at()), no.asBits(width, e.at()));
  }

  /** A side of a run-time choice is computed in any case, so it must do nothing else. */
  private Value side(Expression e) {
    Value[] result = new Value[1];
    List<Effect> effects = context.block(() -> result[0] = value(e));
    for (Effect effect : effects) {
      boolean harmless =
          effect instanceof Effect.Define
              || effect instanceof Effect.Declare
              || effect instanceof Effect.If
              || effect instanceof Effect.Call;
      if (!harmless) {
        throw e.at()
            .error(
                "both sides of '?' are computed, so they must not touch registers or memory; use if");
      }
      context.emit(effect);
    }
    return result[0];
  }

  private Value slice(Expression.Slice e) {
    int high = number(e.high());
    int low = number(e.low());
    Value base = value(e.base());
    Bits bits =
        base instanceof Value.Number n && n.width() == 0
            ? Wide.make(Value.WIDEST, n.value(), n.value() < 0 ? -1 : 0)
            : base.asBits(e.at());
    checkWithin(high, low, bits, e.at());
    Bits part = Wide.slice(bits, low, high - low + 1);
    return base instanceof Value.Number && part.low() instanceof Node.Const c && part.high() == null
        ? new Value.Number(c.value(), part.width())
        : part;
  }

  static void checkWithin(int high, int low, Bits whole, Position at) {
    if (low < 0 || high < low || high >= whole.width()) {
      throw at.error(
          String.format(
              "[%d:%d] of a value of %d bits; give [high:low] within it",
              high, low, whole.width()));
    }
  }

  private Value access(Expression.Access e) {
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
    int width = arguments.size() == 2 ? number(arguments.get(1)) : full;
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

  /** A register's number. */
  Node index(Expression e) {
    return bits(e, 5).low();
  }

  private Value memory(Expression.Access e) {
    if (e.arguments().size() != 2) {
      throw e.at().error("Mem takes an address and a number of bytes");
    }
    context.mayFault(e.at());
    Node address = context.keep("address", bits(e.arguments().get(0), Long.SIZE).low());
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

  /** Where the upper half of 16 bytes stands. */
  static Node second(Node address) {
    return Ops.binary(BinaryOp.ADD, address, Ops.constant(Long.SIZE, Long.BYTES));
  }

  int bytes(Expression e) {
    int bytes = number(e);
    if (bytes < 1 || bytes > 16 || Integer.bitCount(bytes) != 1) {
      throw e.at().error("memory is accessed by 1, 2, 4, 8 or 16 bytes, not " + bytes);
    }
    return bytes;
  }
}
