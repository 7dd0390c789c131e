package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.List;
import java.util.Optional;

/** Turns expressions into values, and emits the reads of memory that they contain. */
final class Expressions {
  private final Context context;
  private final Storage storage;

  Expressions(Context context) {
    this.context = context;
    this.storage = new Storage(context, this);
  }

  Value value(Expression e) {
    return context.bounded(tree(e));
  }

  private Value tree(Expression expression) {
    return switch (expression) {
      case Expression.Number e -> Value.number(e.value());
      case Expression.Name e -> name(e);
      case Expression.Unary e -> unary(e);
      case Expression.Binary e -> new Infix(this).value(e);
      case Expression.Choice e -> choice(e);
      case Expression.Slice e -> slice(e);
      case Expression.Access e -> storage.read(e);
      case Expression.Call e -> new Calls(context).call(e);
      case Expression.Tuple e -> new Value.Tuple(e.parts().stream().map(this::value).toList());
    };
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
    Optional<Scope.Variable> variable = context.scope.find(name.text());
    if (variable.isPresent()) {
      return variable.get().value;
    }
    if (name.text().equals("PC")) {
      if (context.shared) {
        throw name.at().error("a shared function has no PC; pass it as an argument");
      }
      return Bits.of(context.pc);
    }
    Declaration declaration = context.globals.find(name.text()).orElse(null);
    if (declaration instanceof Declaration.Constant constant) {
      return context.globals.constant(constant);
    }
    if (declaration instanceof Declaration.State state) {
      checkNamed(state, name.at());
      return Bits.of(new Node.GetState(state.width(), state.name()));
    }
    throw name.at().error("'" + name.text() + "' names no value here; declare it or mend its name");
  }

  /**
   * Refuses the stack pointer's name, since it is written as a general register; X and V are no
   * names to the parser.
   */
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
}
