package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Effects;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.Rewriter;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns effects into legal ones. A legal value is a truth of 1 bit or a number of 32 or 64 bits; it
 * holds the value that it stands for, with zeros on top. These nodes are legal:
 *
 * <ul>
 *   <li>constants, locals, registers, the pc and the word; a register's number has 32 bits;
 *   <li>on truths NOT, AND, OR and XOR; on numbers all operators, at their own width, where shift
 *       amounts are below the width, no divisor is zero, and no divisor of SDIV is minus one;
 *   <li>{@code Extend} from 32 bits to 64, {@code Extract} of the low 32 bits of 64;
 *   <li>{@code Select}, which computes only the side that it chooses.
 * </ul>
 *
 * Conversions between truths and numbers are selections and comparisons. The arguments of traps and
 * host functions, and the results of host functions, have 64 bits.
 */
public final class Legaliser extends Rewriter {
  private final Widths widths;
  private final Truths truths;
  private final Numbers numbers;

  /** The functions that are legal already, by name. */
  private final Map<String, SharedFunction> functions;

  /** What must be computed before the effect at hand. */
  private List<Effect> before = new ArrayList<>();

  /** What must be computed after it. */
  private List<Effect> after = new ArrayList<>();

  private int nextLocal;

  private Legaliser(Widths widths, Map<String, SharedFunction> functions) {
    this.widths = widths;
    this.functions = functions;
    this.truths = new Truths(this, widths);
    this.numbers = new Numbers(this, widths);
  }

  /** Legalises the instructions of one spec, and each shared function once. */
  public static final class Session {
    private final Widths widths;
    private final Map<String, SharedFunction> functions = new HashMap<>();

    /** Starts with no function legalised. */
    public Session(Widths widths) {
      this.widths = widths;
    }

    /** Returns the legal form of an instruction's effects. */
    public List<Effect> legal(List<Effect> effects) {
      List<Effect> narrow = widths == Widths.NARROW ? Narrowing.of(effects) : effects;
      return new Legaliser(widths, functions).body(narrow, List.of());
    }

    /** Returns the legal form of a function and of those that it calls. */
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
   * Legalises a single value.
   *
   * @param firstLocal the first number that no local of the value has
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
        function.shortcut(),
        List.copyOf(body),
        result);
  }

  @Override
  protected Node.Local local(Node.Local local) {
    return new Node.Local(widths.of(local.width()), local.id(), local.name());
  }

  @Override
  protected List<Effect> block(List<Effect> effects) {
    List<Effect> outerBefore = before;
    List<Effect> outerAfter = after;
    List<Effect> out = new ArrayList<>();
    for (Effect effect : effects) {
      before = new ArrayList<>();
      after = new ArrayList<>();
      Effect legal = effect(effect);
      out.addAll(before);
      out.add(legal);
      out.addAll(after);
    }
    before = outerBefore;
    after = outerAfter;
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
    after.add(new Effect.Define(asked, value));
    return answer;
  }

  /** Returns a node for a value that is used several times, which is then computed only once. */
  Node once(String name, Node node) {
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

  /** Legalises a register's number, which has 32 bits. */
  Node index(Node node) {
    Node legal = node(node);
    return legal.width() == Long.SIZE ? LegalOps.lowHalf(legal) : LegalOps.widened(legal, 32);
  }

  @Override
  protected Node node(Node node) {
    return node.width() == 1 ? truths.of(node) : numbers.of(node);
  }
}
