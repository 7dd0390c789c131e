package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Effects;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.Rewriter;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns effects into legal ones. A legal value is a truth of 1 bit or a number of 32 or 64, and
 * holds the value that it stands for with zeros on top. These nodes are legal:
 *
 * <ul>
 *   <li>constants, locals, registers, the pc and the word; a register's number has 32 bits;
 *   <li>on truths NOT, AND, OR and XOR; on numbers all operators, at their own width, where shift
 *       amounts are below the width, divisors not zero and, of SDIV, not minus one;
 *   <li>{@code Extend} from 32 bits to 64, {@code Extract} of the low 32 bits of 64;
 *   <li>{@code Select}, of whose sides only the chosen one is computed.
 * </ul>
 *
 * Conversions between truths and numbers are selections and comparisons. What traps and host
 * functions are given, and what host functions give, has 64 bits.
 */
public final class Legaliser extends Rewriter {
  private final Widths widths;

  /** The functions that are legal already, by name. */
  private final Map<String, SharedFunction> functions;

  /** What must be computed before the effect at hand. */
  private List<Effect> before = new ArrayList<>();

  /** What must be computed behind it. */
  private List<Effect> behind = new ArrayList<>();

  private int nextLocal;

  private Legaliser(Widths widths, Map<String, SharedFunction> functions) {
    this.widths = widths;
    this.functions = functions;
  }

  /** For the instructions and functions of a spec. */
  public static final class Session {
    private final Widths widths;
    private final Map<String, SharedFunction> functions = new HashMap<>();

    /** Nothing is legal yet. */
    public Session(Widths widths) {
      this.widths = widths;
    }

    /** An instruction's effects. */
    public List<Effect> legal(List<Effect> effects) {
      List<Effect> narrow = widths == Widths.NARROW ? Narrowing.of(effects) : effects;
      return new Legaliser(widths, functions).body(narrow, List.of());
    }

    /** A function, with those that it calls. */
    public SharedFunction legal(SharedFunction function) {
      return new Legaliser(widths, functions).function(function);
    }
  }

  /**
   * A legal value, and what must be computed before it.
   *
   * @param definitions effects, each a {@link Effect.Define}
   */
  public record Value(List<Effect> definitions, Node node) {}

  /**
   * A single value.
   *
   * @param firstLocal a number from which on locals are free
   */
  public static Value value(Node node, Widths widths, int firstLocal) {
    Legaliser legaliser = new Legaliser(widths, Map.of());
    legaliser.nextLocal = firstLocal;
    Node legal = legaliser.node(node);
    return new Value(List.copyOf(legaliser.before), legal);
  }

  private List<Effect> body(List<Effect> effects, List<Node.Local> parameters) {
    nextLocal = parameters.stream().mapToInt(p -> p.id() + 1).max().orElse(0);
    countLocals(effects);
    return block(effects);
  }

  private void countLocals(List<Effect> effects) {
    Nodes.any(
        effects,
        effect -> {
          Effects.filled(effect).ifPresent(l -> nextLocal = Math.max(nextLocal, l.id() + 1));
          return false;
        });
  }

  @Override
  protected SharedFunction function(SharedFunction function) {
    SharedFunction known = functions.get(function.name());
    if (known == null) {
      known = new Legaliser(widths, functions).made(function);
      functions.put(function.name(), known);
    }
    return known;
  }

  private SharedFunction made(SharedFunction given) {
    SharedFunction function = widths == Widths.NARROW ? Narrowing.of(given) : given;
    List<Effect> body = new ArrayList<>(body(function.body(), function.parameters()));
    Optional<Node> result = function.result().map(this::node);
    body.addAll(before);
    return new SharedFunction(
        function.name(),
        function.parameters().stream().map(this::local).toList(),
        List.copyOf(body),
        result);
  }

  // Effects.

  @Override
  protected Node.Local local(Node.Local local) {
    return new Node.Local(widths.of(local.width()), local.id(), local.name());
  }

  @Override
  protected List<Effect> block(List<Effect> effects) {
    List<Effect> outerBefore = before;
    List<Effect> outerBehind = behind;
    List<Effect> out = new ArrayList<>();
    for (Effect effect : effects) {
      before = new ArrayList<>();
      behind = new ArrayList<>();
      Effect legal = effect(effect);
      out.addAll(before);
      out.add(legal);
      out.addAll(behind);
    }
    before = outerBefore;
    behind = outerBehind;
    return List.copyOf(out);
  }

  @Override
  protected Effect effect(Effect effect) {
    return switch (effect) {
      case Effect.SetX e -> new Effect.SetX(index(e.index()), e.stack(), node(e.value()));
      case Effect.SetV e -> new Effect.SetV(index(e.index()), node(e.low()), node(e.high()));
      case Effect.Raise e -> new Effect.Raise(e.trap(), outside(e.arguments()));
      case Effect.Host e ->
          new Effect.Host(e.result().map(this::answered), e.name(), outside(e.arguments()));
      default -> super.effect(effect);
    };
  }

  private List<Node> outside(List<Node> nodes) {
    return nodes.stream().map(node -> LegalOps.widened(node(node), Long.SIZE)).toList();
  }

  /** The local that takes a host's answer, from which the one that was asked for is made. */
  private Node.Local answered(Node.Local local) {
    Node.Local asked = local(local);
    if (asked.width() == Long.SIZE) {
      return asked;
    }
    Node.Local answer = new Node.Local(Long.SIZE, nextLocal++, local.name());
    Node value = asked.width() == 1 ? LegalOps.bit(answer, 0) : LegalOps.lowHalf(answer);
    behind.add(new Effect.Define(asked, value));
    return answer;
  }

  /** A value that is used several times, computed once. */
  private Node once(String name, Node node) {
    if (isPlain(node)) {
      return node;
    }
    Node.Local local = new Node.Local(node.width(), nextLocal++, name);
    before.add(new Effect.Define(local, node));
    return local;
  }

  private static boolean isPlain(Node node) {
    return node instanceof Node.Const
        || node instanceof Node.Local
        || node instanceof Node.Word
        || node instanceof Node.Pc
        || node instanceof Node.Extend e && isPlain(e.operand());
  }

  /** A register's number. */
  private Node index(Node node) {
    Node legal = node(node);
    return legal.width() == Long.SIZE ? LegalOps.lowHalf(legal) : LegalOps.widened(legal, 32);
  }

  // Values.

  @Override
  protected Node node(Node node) {
    return node.width() == 1 ? truth(node) : number(node);
  }

  private Node truth(Node node) {
    return switch (node) {
      case Node.Const n -> n;
      case Node.Field n -> LegalOps.bit(new Node.Word(), n.low());
      case Node.Local n -> n;
      case Node.GetState n -> n;
      case Node.Unary n ->
          switch (n.op()) {
            // One bit has a leading zero if it is zero.
            case NOT, CLZ -> LegalOps.not(node(n.operand()));
            case COUNT, REVERSE, REVERSE_BYTES -> node(n.operand());
          };
      case Node.Binary n -> n.op().comparison() ? comparison(n) : ofTruths(n);
      case Node.Extract n ->
          n.operand().width() == 1 ? node(n.operand()) : LegalOps.bit(node(n.operand()), n.low());
      case Node.Extend n -> node(n.operand());
      case Node.Select n -> LegalOps.select(node(n.condition()), node(n.yes()), node(n.no()));
      case Node.Word n -> throw wide(n);
      case Node.GetX n -> throw wide(n);
      case Node.GetV n -> throw wide(n);
      case Node.Pc n -> throw wide(n);
      case Node.Concat n -> throw wide(n);
    };
  }

  private static IllegalArgumentException wide(Node node) {
    return new IllegalArgumentException("not of 1 bit: " + node);
  }

  /** Arithmetic of one bit; as a signed number, 1 is minus one. */
  private Node ofTruths(Node.Binary n) {
    Node a = node(n.left());
    Node b = node(n.right());
    return switch (n.op()) {
      case ADD, SUB, XOR -> LegalOps.binary(BinaryOp.XOR, a, b);
      case AND, MUL, UDIV, SDIV -> LegalOps.binary(BinaryOp.AND, a, b);
      case OR -> LegalOps.binary(BinaryOp.OR, a, b);
      case UMULH, SMULH -> LegalOps.constant(1, 0);
      case LSL, LSR -> LegalOps.binary(BinaryOp.AND, a, isZero(b));
      case ASR, ROR -> a;
      case EQ, ULT, SLT -> throw new IllegalArgumentException("a comparison: " + n);
    };
  }

  private static Node isZero(Node a) {
    return a.width() == 1
        ? LegalOps.not(a)
        : LegalOps.binary(BinaryOp.EQ, a, LegalOps.constant(a.width(), 0));
  }

  private Node comparison(Node.Binary n) {
    Node a = node(n.left());
    Node b = node(n.right());
    int from = n.left().width();
    int spare = a.width() - from;
    if (from == 1) {
      return switch (n.op()) {
        case EQ -> LegalOps.not(LegalOps.binary(BinaryOp.XOR, a, b));
        case ULT -> LegalOps.binary(BinaryOp.AND, LegalOps.not(a), b);
        default -> LegalOps.binary(BinaryOp.AND, a, LegalOps.not(b));
      };
    }
    long most = Math.max(Ranges.most(n.left()), Ranges.most(n.right()));
    if (n.op() == BinaryOp.ULT) {
      return LegalOps.binary(below(most), a, b);
    }
    if (n.op() == BinaryOp.EQ || most <= Ops.mask(from - 1)) {
      return LegalOps.binary(n.op(), a, b);
    }
    return LegalOps.binary(
        BinaryOp.SLT,
        LegalOps.shift(BinaryOp.LSL, a, spare),
        LegalOps.shift(BinaryOp.LSL, b, spare));
  }

  /**
   * The operator that tells whether one unsigned number is below another. Values below 2^63 are
   * ordered the same signed, which vectors compare faster.
   *
   * @param most a bound of both
   */
  private BinaryOp below(long most) {
    return widths == Widths.WIDE && most < Long.MAX_VALUE ? BinaryOp.SLT : BinaryOp.ULT;
  }

  private Node number(Node node) {
    int width = widths.of(node.width());
    return switch (node) {
      case Node.Const n -> LegalOps.constant(width, n.value());
      case Node.Field n -> field(n, width);
      case Node.Word n -> n;
      case Node.Local n -> local(n);
      case Node.GetX n -> new Node.GetX(index(n.index()), n.stack());
      case Node.GetV n -> new Node.GetV(index(n.index()), n.half());
      case Node.GetState n -> new Node.GetState(width, n.name());
      case Node.Pc n -> n;
      case Node.Unary n -> unary(n);
      case Node.Binary n -> new Operators(n, width).legal();
      case Node.Extract n -> extract(n, width);
      case Node.Extend n -> {
        Node a = node(n.operand());
        yield n.signed()
            ? LegalOps.masked(signExtended(a, n.operand().width(), width), n.width())
            : LegalOps.widened(a, width);
      }
      case Node.Concat n ->
          LegalOps.binary(
              BinaryOp.OR,
              LegalOps.shift(
                  BinaryOp.LSL, LegalOps.widened(node(n.high()), width), n.low().width()),
              LegalOps.widened(node(n.low()), width));
      case Node.Select n -> LegalOps.select(node(n.condition()), node(n.yes()), node(n.no()));
    };
  }

  private static Node field(Node.Field n, int width) {
    Node low = LegalOps.shift(BinaryOp.LSR, new Node.Word(), n.low());
    boolean reachesTop = n.low() + n.width() == Integer.SIZE;
    return LegalOps.widened(reachesTop ? low : LegalOps.masked(low, n.width()), width);
  }

  private Node extract(Node.Extract n, int width) {
    Node low = LegalOps.shift(BinaryOp.LSR, node(n.operand()), n.low());
    Node half = low.width() > width ? LegalOps.lowHalf(low) : low;
    boolean reachesTop = n.low() + n.width() == n.operand().width();
    return reachesTop ? half : LegalOps.masked(half, n.width());
  }

  /** A legal value of so many bits, as a signed number of another width. */
  private static Node signExtended(Node a, int from, int width) {
    if (from == 1) {
      return LegalOps.select(a, LegalOps.constant(width, -1), LegalOps.constant(width, 0));
    }
    int spare = a.width() - from;
    Node same = LegalOps.shift(BinaryOp.ASR, LegalOps.shift(BinaryOp.LSL, a, spare), spare);
    return a.width() < width ? LegalOps.signWidened(same) : same;
  }

  private Node unary(Node.Unary n) {
    Node a = node(n.operand());
    int spare = a.width() - n.width();
    return switch (n.op()) {
      case NOT ->
          LegalOps.binary(BinaryOp.XOR, a, LegalOps.constant(a.width(), Ops.mask(n.width())));
      case CLZ ->
          LegalOps.binary(
              BinaryOp.SUB, LegalOps.unary(n.op(), a), LegalOps.constant(a.width(), spare));
      case COUNT -> LegalOps.unary(n.op(), a);
      case REVERSE, REVERSE_BYTES -> LegalOps.shift(BinaryOp.LSR, LegalOps.unary(n.op(), a), spare);
    };
  }

  /** One operator of two numbers. */
  private final class Operators {
    private final Node.Binary n;
    private final Node a;

    /** Where it is computed. */
    private final int width;

    Operators(Node.Binary n, int width) {
      this.n = n;
      this.a = node(n.left());
      this.width = width;
    }

    Node legal() {
      return switch (n.op()) {
        case ADD, SUB, MUL -> cut(LegalOps.binary(n.op(), a, right()));
        case AND, OR, XOR -> LegalOps.binary(n.op(), a, right());
        case UDIV -> unsignedQuotient();
        case SDIV -> signedQuotient();
        case UMULH, SMULH -> upperHalf();
        case LSL ->
            inRange(by -> cut(LegalOps.shift(BinaryOp.LSL, a, by)), LegalOps.constant(width, 0));
        case LSR -> inRange(by -> LegalOps.shift(BinaryOp.LSR, a, by), LegalOps.constant(width, 0));
        case ASR -> arithmeticShift();
        case ROR -> rotation();
        case EQ, ULT, SLT -> throw new IllegalArgumentException("a comparison: " + n);
      };
    }

    private Node right() {
      return node(n.right());
    }

    private Node cut(Node result) {
      return n.width() == width ? result : LegalOps.masked(result, n.width());
    }

    private Node zero() {
      return LegalOps.constant(width, 0);
    }

    /** By zero gives zero. */
    private Node unsignedQuotient() {
      Node divisor = once("divisor", right());
      return LegalOps.select(isZero(divisor), zero(), LegalOps.binary(BinaryOp.UDIV, a, divisor));
    }

    /** By minus one is a negation, which the most negative number survives. */
    private Node signedQuotient() {
      Node dividend = once("dividend", signExtended(a, n.width(), width));
      Node divisor = once("divisor", signExtended(right(), n.width(), width));
      Node negative =
          LegalOps.binary(BinaryOp.EQ, divisor, LegalOps.constant(width, Ops.mask(width)));
      Node quotient =
          LegalOps.select(
              negative,
              LegalOps.binary(BinaryOp.SUB, zero(), dividend),
              LegalOps.binary(BinaryOp.SDIV, dividend, divisor));
      return cut(LegalOps.select(isZero(divisor), zero(), quotient));
    }

    /** Of up to 32 bits, from a product of 64. */
    private Node upperHalf() {
      if (n.width() == Long.SIZE) {
        return LegalOps.binary(n.op(), a, right());
      }
      boolean signed = n.op() == BinaryOp.SMULH;
      Node product = LegalOps.binary(BinaryOp.MUL, factor(a, signed), factor(right(), signed));
      Node high = LegalOps.shift(BinaryOp.LSR, product, n.width());
      return cut(width < Long.SIZE ? LegalOps.lowHalf(high) : high);
    }

    private Node factor(Node factor, boolean signed) {
      return signed
          ? signExtended(factor, n.width(), Long.SIZE)
          : LegalOps.widened(factor, Long.SIZE);
    }

    /** A shift, or what stands in its place where the amount reaches the width. */
    private Node inRange(UnaryOperator<Node> shift, Node beyond) {
      Node amount = right();
      if (Ranges.most(n.right()) < width) {
        return shift.apply(sized(amount));
      }
      Node by = once("amount", amount);
      Node fits =
          LegalOps.binary(below(Ranges.most(n.right())), by, LegalOps.constant(by.width(), width));
      return LegalOps.select(fits, shift.apply(sized(by)), beyond);
    }

    /** An amount that fits, in the width that shifts take it. */
    private Node sized(Node amount) {
      return amount.width() > widths.amount()
          ? LegalOps.lowHalf(amount)
          : LegalOps.widened(amount, widths.amount());
    }

    /** The value stands at the top while it is shifted, so that its sign is the number's. */
    private Node arithmeticShift() {
      int spare = width - n.width();
      Node top = LegalOps.shift(BinaryOp.LSL, a, spare);
      Node most = LegalOps.constant(widths.amount(), width - 1L);
      Node by = inRange(amount -> amount, most);
      return LegalOps.shift(BinaryOp.LSR, LegalOps.shift(BinaryOp.ASR, top, by), spare);
    }

    /** Of 32 bits in 64: twice beside each other, and then a plain shift. */
    private Node rotation() {
      Node amount = sized(right());
      if (n.width() == width) {
        return LegalOps.shift(BinaryOp.ROR, a, amount);
      }
      Node once = once("rotated", a);
      Node twice =
          LegalOps.binary(BinaryOp.OR, once, LegalOps.shift(BinaryOp.LSL, once, Integer.SIZE));
      Node by = LegalOps.masked(amount, 5);
      return LegalOps.masked(LegalOps.shift(BinaryOp.LSR, twice, by), Integer.SIZE);
    }
  }
}
