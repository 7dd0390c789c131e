package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.PickleValue.Bool;
import dev.axon64.codegen.tensor.PickleValue.Dict;
import dev.axon64.codegen.tensor.PickleValue.Global;
import dev.axon64.codegen.tensor.PickleValue.Int;
import dev.axon64.codegen.tensor.PickleValue.ListValue;
import dev.axon64.codegen.tensor.PickleValue.None;
import dev.axon64.codegen.tensor.PickleValue.Real;
import dev.axon64.codegen.tensor.PickleValue.Scalar;
import dev.axon64.codegen.tensor.PickleValue.Text;
import dev.axon64.codegen.tensor.PickleValue.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pickle machine that knows the opcodes of a PyTorch state dict, protocols 2 to 5, and builds
 * {@link PickleValue}s. Opcodes are those of Python's pickletools; all others are refused, and so
 * is every global outside {@link Global}. See {@link TensorRebuilder} for what REDUCE can do.
 */
final class Unpickler {
  /** The most lists, dicts and tuples in one pickle, which bounds the memory of its objects. */
  private static final int MOST_CONTAINERS = 1 << 18;

  /** The most objects in the memo; a pickler keeps about ten for each tensor. */
  private static final int MOST_KEPT = 1 << 19;

  private final PickleInput in;
  private final List<PickleValue> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, PickleValue> memo = new HashMap<>();
  private int containers;

  private Unpickler(PickleInput in) {
    this.in = in;
  }

  /**
   * Runs a pickle to its STOP.
   *
   * @throws InputException if it is damaged, or does anything a state dict does not need
   */
  static PickleValue load(PickleInput in) {
    return new Unpickler(in).run();
  }

  private PickleValue run() {
    while (true) {
      int opcode = in.opcode();
      if (opcode == '.') {
        return result();
      }
      if (!scalar(opcode) && !container(opcode) && !memo(opcode) && !machinery(opcode)) {
        throw in.refused(String.format("refuses opcode 0x%02x, which no state dict needs", opcode));
      }
    }
  }

  private PickleValue result() {
    if (stack.size() != 1 || !marks.isEmpty() || in.hasMore()) {
      throw in.damaged("STOP comes too early");
    }
    return stack.get(0);
  }

  private boolean scalar(int opcode) {
    PickleValue value =
        switch (opcode) {
          case 'N' -> None.NONE;
          case 0x88 -> new Bool(true);
          case 0x89 -> new Bool(false);
          case 'K' -> new Int(in.unsigned(1));
          case 'M' -> new Int(in.unsigned(2));
          case 'J' -> new Int((int) in.unsigned(4));
          case 0x8a -> new Int(in.bigInteger());
          case 'G' -> new Real(in.bigEndianDouble());
          case 'X' -> new Text(in.text(in.unsigned(4)));
          case 0x8c -> new Text(in.text(in.unsigned(1)));
          case 0x8d -> new Text(in.text(in.unsigned(8)));
          default -> null;
        };
    if (value != null) {
      stack.add(value);
    }
    return value != null;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> marks.push(stack.size());
      case ')' -> push(new Tuple(List.of()));
      case 't' -> push(new Tuple(toMark()));
      case 0x85 -> push(new Tuple(top(1)));
      case 0x86 -> push(new Tuple(top(2)));
      case 0x87 -> push(new Tuple(top(3)));
      case ']' -> push(new ListValue());
      case '}' -> push(new Dict());
      case 'a' -> append(top(1));
      case 'e' -> append(toMark());
      case 's' -> set(top(2));
      case 'u' -> set(toMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memo(int opcode) {
    switch (opcode) {
      case 'q' -> keep(in.unsigned(1));
      case 'r' -> keep(in.unsigned(4));
      case 0x94 -> keep(memo.size());
      case 'h' -> recall(in.unsigned(1));
      case 'j' -> recall(in.unsigned(4));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean machinery(int opcode) {
    switch (opcode) {
      case 0x80 -> in.checkProtocol();
      case 0x95 -> in.checkFrame();
      case 'c' -> stack.add(global(in.line(), in.line()));
      case 0x93 -> {
        List<PickleValue> names = top(2);
        stack.add(global(text(names.get(0)), text(names.get(1))));
      }
      // INST would look up a global as well: name it, rather than the opcode.
      case 'i' -> throw refusedGlobal(in.line(), in.line());
      case 'Q' -> stack.add(new TensorRebuilder(in).persistent(top(1).get(0)));
      case 'R' -> reduce(top(2));
      case 'b' -> build(top(1).get(0));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void reduce(List<PickleValue> call) {
    if (call.get(0) == Global.ORDERED_DICT
        && call.get(1) instanceof Tuple arguments
        && arguments.items().isEmpty()) {
      push(new Dict());
    } else {
      stack.add(new TensorRebuilder(in).call(call.get(0), call.get(1)));
    }
  }

  /** Skips the attributes of an OrderedDict, which in a state dict are {@code _metadata}. */
  private void build(PickleValue state) {
    if (!(peek() instanceof Dict) || !(state instanceof Dict)) {
      throw in.refused("refuses to set the state of anything but an OrderedDict");
    }
  }

  private Global global(String module, String name) {
    return Global.named(module, name).orElseThrow(() -> refusedGlobal(module, name));
  }

  private InputException refusedGlobal(String module, String name) {
    String called = Shapes.quoted(module + "." + name);
    return in.refused("refuses to call " + called.substring(1, called.length() - 1));
  }

  private String text(PickleValue value) {
    if (value instanceof Text text) {
      return text.value();
    }
    throw in.damaged("a name is not a string");
  }

  private void push(PickleValue container) {
    if (++containers > MOST_CONTAINERS) {
      throw in.damaged("it holds more than " + MOST_CONTAINERS + " lists, dicts and tuples");
    }
    stack.add(container);
  }

  private void append(List<PickleValue> items) {
    if (!(peek() instanceof ListValue list)) {
      throw in.damaged("an item is appended to what is no list");
    }
    list.items.addAll(items);
  }

  private void set(List<PickleValue> pairs) {
    if (!(peek() instanceof Dict dict) || pairs.size() % 2 != 0) {
      throw in.damaged("an item is set in what is no dict");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      if (!(pairs.get(i) instanceof Scalar key)) {
        throw in.damaged("a dict has a key that is no string or number");
      }
      dict.items.put(key, pairs.get(i + 1));
    }
  }

  private void keep(long key) {
    if (memo.size() >= MOST_KEPT) {
      throw in.damaged("it keeps more than " + MOST_KEPT + " objects");
    }
    memo.put(key, peek());
  }

  private void recall(long key) {
    PickleValue value = memo.get(key);
    if (value == null) {
      throw in.damaged("it recalls an object that it never made");
    }
    stack.add(value);
  }

  private PickleValue peek() {
    if (stack.size() <= floor()) {
      throw in.damaged("an operand is missing");
    }
    return stack.get(stack.size() - 1);
  }

  /** Takes the {@code count} values on top; never reaches below the last MARK. */
  private List<PickleValue> top(int count) {
    if (stack.size() - count < floor()) {
      throw in.damaged("an operand is missing");
    }
    return take(stack.size() - count);
  }

  private List<PickleValue> toMark() {
    if (marks.isEmpty()) {
      throw in.damaged("a MARK is missing");
    }
    return take(marks.pop());
  }

  private List<PickleValue> take(int from) {
    List<PickleValue> tail = stack.subList(from, stack.size());
    List<PickleValue> taken = List.copyOf(tail);
    tail.clear();
    return taken;
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }
}
