package dev.axon64.codegen.isa;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries out effects as their documentation says, on big integers and maps, without any of the
 * arithmetic that the readers and emitters use.
 */
final class IrInterpreter {
  /** General registers by number, 31 the stack pointer. */
  final Map<Integer, Long> x = new TreeMap<>();

  /** Halves of vector registers by twice their number. */
  final Map<Integer, Long> v = new TreeMap<>();

  /** Declared registers by name. */
  final Map<String, Long> states = new TreeMap<>();

  /** Bytes by address; those that are not there fault. */
  final Map<Long, Byte> memory = new TreeMap<>();

  /** What host functions were asked and what they answer, by name. */
  final List<String> asked = new ArrayList<>();

  final Map<String, Long> answers = new TreeMap<>();

  /** The reason why the instruction ended early, or empty. */
  String ended = "";

  /** The next instruction's address. */
  long next;

  private final int word;
  private final long pc;
  private Map<Integer, Long> locals = new HashMap<>();

  /** Executes one word at an address. */
  IrInterpreter(int word, long pc) {
    this.word = word;
    this.pc = pc;
    this.next = pc + 4;
  }

  /** Executes effects up to the one that ends the instruction. */
  void run(List<Effect> effects) {
    for (Effect effect : effects) {
      if (!ended.isEmpty()) {
        return;
      }
      step(effect);
    }
  }

  private void step(Effect effect) {
    switch (effect) {
      case Effect.Define e -> locals.put(e.local().id(), checked(e.local().width(), e.value()));
      case Effect.Declare e -> locals.remove(e.local().id());
      case Effect.Assign e -> locals.put(e.local().id(), checked(e.local().width(), e.value()));
      case Effect.SetX e -> {
        int index = (int) value(e.index());
        if (index != 31 || e.stack()) {
          x.put(index, checked(Long.SIZE, e.value()));
        }
      }
      case Effect.SetV e -> {
        int index = (int) value(e.index());
        // One after the other, as the emitters write them.
        v.put(2 * index, checked(Long.SIZE, e.low()));
        v.put(2 * index + 1, checked(Long.SIZE, e.high()));
      }
      case Effect.SetState e -> states.put(e.name(), value(e.value()));
      case Effect.Branch e -> next = checked(Long.SIZE, e.target());
      case Effect.If e -> run(checked(1, e.condition()) != 0 ? e.yes() : e.no());
      case Effect.Undefined e -> ended = "undefined";
      case Effect.Raise e -> ended = e.trap() + e.arguments().stream().map(this::value).toList();
      case Effect.Load e -> load(e);
      case Effect.Store e -> store(e);
      case Effect.Host e -> {
        asked.add(e.name() + e.arguments().stream().map(this::value).toList());
        e.result().ifPresent(local -> locals.put(local.id(), answers.get(e.name())));
      }
      case Effect.Call e -> call(e);
    }
  }

  private void load(Effect.Load e) {
    BigInteger loaded = BigInteger.ZERO;
    for (int i = e.bytes() - 1; i >= 0; i--) {
      Byte b = memory.get(value(e.address()) + i);
      if (b == null) {
        ended = "fault";
        return;
      }
      loaded = loaded.shiftLeft(8).or(BigInteger.valueOf(b & 0xff));
    }
    locals.put(e.local().id(), loaded.longValue());
  }

  private void store(Effect.Store e) {
    long address = value(e.address());
    if (!memory.containsKey(address) || !memory.containsKey(address + e.bytes() - 1)) {
      ended = "fault";
      return;
    }
    BigInteger stored = big(e.value());
    for (int i = 0; i < e.bytes(); i++) {
      memory.put(address + i, stored.shiftRight(8 * i).byteValue());
    }
  }

  private void call(Effect.Call e) {
    SharedFunction function = e.function();
    Map<Integer, Long> inner = new HashMap<>();
    for (int i = 0; i < e.arguments().size(); i++) {
      Node.Local parameter = function.parameters().get(i);
      inner.put(parameter.id(), checked(parameter.width(), e.arguments().get(i)));
    }
    Map<Integer, Long> outer = locals;
    locals = inner;
    run(function.body());
    Long result = ended.isEmpty() ? function.result().map(this::value).orElse(null) : null;
    locals = outer;
    e.result().ifPresent(local -> locals.put(local.id(), result));
  }

  /** A value that must have just this width. */
  private long checked(int width, Node node) {
    if (node.width() != width) {
      throw new AssertionError(node.width() + " bits where " + width + " belong: " + node);
    }
    return value(node);
  }

  long value(Node node) {
    BigInteger value = big(node);
    if (value.signum() < 0 || value.bitLength() > node.width()) {
      throw new AssertionError(value + " is no value of " + node.width() + " bits: " + node);
    }
    return value.longValue();
  }

  private static BigInteger unsigned(long value) {
    return cut(BigInteger.valueOf(value), Long.SIZE);
  }

  /** The low bits, unsigned. */
  static BigInteger cut(BigInteger value, int width) {
    return value.mod(BigInteger.ONE.shiftLeft(width));
  }

  /** The same bits as two's complement. */
  static BigInteger signed(BigInteger value, int width) {
    return value.testBit(width - 1) ? value.subtract(BigInteger.ONE.shiftLeft(width)) : value;
  }

  private BigInteger big(Node node) {
    return switch (node) {
      case Node.Const n -> unsigned(n.value());
      case Node.Field n -> cut(unsigned(word).shiftRight(n.low()), n.width());
      case Node.Word n -> cut(unsigned(word), n.width());
      case Node.Local n -> unsigned(locals.get(n.id()));
      case Node.GetX n -> {
        int index = (int) value(n.index());
        yield index == 31 && !n.stack() ? BigInteger.ZERO : unsigned(x.getOrDefault(index, 0L));
      }
      case Node.GetV n -> unsigned(v.getOrDefault(2 * (int) value(n.index()) + n.half(), 0L));
      case Node.GetState n -> unsigned(states.getOrDefault(n.name(), 0L));
      case Node.Pc n -> unsigned(pc);
      case Node.Unary n -> cut(unary(n), n.width());
      case Node.Binary n -> cut(binary(n), n.width());
      case Node.Extract n -> cut(big(n.operand()).shiftRight(n.low()), n.width());
      case Node.Extend n -> {
        BigInteger operand = big(n.operand());
        yield n.signed() ? cut(signed(operand, n.operand().width()), n.width()) : operand;
      }
      case Node.Concat n -> big(n.high()).shiftLeft(n.low().width()).or(big(n.low()));
      case Node.Select n -> {
        checked(n.width(), n.yes());
        checked(n.width(), n.no());
        yield big(checked(1, n.condition()) != 0 ? n.yes() : n.no());
      }
    };
  }

  private BigInteger unary(Node.Unary n) {
    BigInteger a = big(n.operand());
    int width = n.operand().width();
    return switch (n.op()) {
      case NOT -> a.not();
      case CLZ -> BigInteger.valueOf(width - a.bitLength());
      case COUNT -> BigInteger.valueOf(a.bitCount());
      case REVERSE -> reversed(a, width, 1);
      case REVERSE_BYTES -> reversed(a, width, 8);
    };
  }

  /** Parts of some bits in reversed order. */
  static BigInteger reversed(BigInteger a, int width, int unit) {
    BigInteger result = BigInteger.ZERO;
    for (int low = 0; low < width; low += unit) {
      result = result.shiftLeft(unit).or(cut(a.shiftRight(low), unit));
    }
    return result;
  }

  private BigInteger binary(Node.Binary n) {
    BigInteger a = big(n.left());
    BigInteger b = big(n.right());
    int width = n.left().width();
    if (!n.op().shift() && n.right().width() != width) {
      throw new AssertionError("operands of different widths: " + n);
    }
    BigInteger sa = signed(a, width);
    BigInteger sb = signed(b, width);
    return switch (n.op()) {
      case ADD -> a.add(b);
      case SUB -> a.subtract(b);
      case MUL -> a.multiply(b);
      case UDIV -> b.signum() == 0 ? b : a.divide(b);
      case SDIV -> b.signum() == 0 ? b : sa.divide(sb);
      case UMULH -> a.multiply(b).shiftRight(width);
      case SMULH -> sa.multiply(sb).shiftRight(width);
      case AND -> a.and(b);
      case OR -> a.or(b);
      case XOR -> a.xor(b);
      case LSL -> beyond(b, width) ? BigInteger.ZERO : a.shiftLeft(b.intValue());
      case LSR -> beyond(b, width) ? BigInteger.ZERO : a.shiftRight(b.intValue());
      case ASR -> sa.shiftRight(beyond(b, width) ? width : b.intValue());
      case ROR -> {
        int by = b.mod(BigInteger.valueOf(width)).intValue();
        yield a.shiftRight(by).or(a.shiftLeft(width - by));
      }
      case EQ -> truth(a.equals(b));
      case ULT -> truth(a.compareTo(b) < 0);
      case SLT -> truth(sa.compareTo(sb) < 0);
    };
  }

  static boolean beyond(BigInteger amount, int width) {
    return amount.compareTo(BigInteger.valueOf(width)) >= 0;
  }

  private static BigInteger truth(boolean value) {
    return value ? BigInteger.ONE : BigInteger.ZERO;
  }
}
