package dev.axon64.propose.accelerate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.machine.bytecode.Variable;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.propose.accelerate.Loop.Course;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Prints accesses whose addresses grow by a constant as indexing of one page's bytes, for as many
 * iterations as all of them stay in their pages. These iterations are a window. Nothing is checked
 * in it, so that the JVM can unroll it.
 */
final class LoopWindows {
  /** Larger steps would leave too few iterations in a page. */
  private static final int LARGEST_STEP = 256;

  private static final MethodTypeDesc WINDOW =
      MethodTypeDesc.of(CD_int, CD_long, CD_int, CD_int, CD_int, CD_int);

  /**
   * An access and the JVM locals for it.
   *
   * @param step by how much its address grows in each iteration
   * @param bytes the local for the bytes of its page
   * @param offset the local for what is added to the iteration's number times the step
   */
  private record Window(Access access, int step, int bytes, int offset) {}

  private final CodeBuilder code;
  private final List<Window> all = new ArrayList<>();

  /** Finds the accesses of a loop that have windows. */
  LoopWindows(Loop loop, CodeBuilder code) {
    this.code = code;
    for (Access access : loop.iteration.accesses()) {
      OptionalInt step = step(loop, access.address());
      if (step.isPresent()) {
        int bytes = code.allocateLocal(TypeKind.REFERENCE);
        int offset = code.allocateLocal(TypeKind.INT);
        all.add(new Window(access, step.getAsInt(), bytes, offset));
      }
    }
  }

  /** By how much an address grows in each iteration, if that is a small constant. */
  private static OptionalInt step(Loop loop, int address) {
    long sum = 0;
    if (!loop.closed[address]) {
      return OptionalInt.empty();
    }
    Linear linear = Linear.of(loop.values, address);
    for (var term : linear.terms().entrySet()) {
      int id = term.getKey();
      if (loop.values[id] instanceof Value.Entry entry
          && loop.courses[entry.slot()] == Course.STEPS) {
        Linear by = loop.steps[entry.slot()];
        if (!by.terms().isEmpty()) {
          return OptionalInt.empty();
        }
        sum += term.getValue() * by.constant();
      } else if (!loop.same[id]) {
        return OptionalInt.empty();
      }
    }
    return Math.abs(sum) <= LARGEST_STEP ? OptionalInt.of((int) sum) : OptionalInt.empty();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The numbers of the addresses that must be computed before a window is opened. */
  List<Integer> addresses() {
    return all.stream().map(window -> window.access.address()).distinct().toList();
  }

  boolean has(Access access) {
    return all.stream().anyMatch(window -> window.access == access);
  }

  /**
   * Opens a window.
   *
   * @param values where addresses are held
   * @param index the JVM local that holds the iteration's number
   * @param count the JVM local that holds the number of iterations
   * @param limit the JVM local that takes the first iteration after the window
   * @param none where to go on if the window would be empty
   */
  void open(Map<Integer, Variable> values, int index, int count, int limit, Label none) {
    code.iload(count).istore(limit);
    for (Window window : all) {
      code.lload(values.get(window.access.address()).slot()).loadConstant(window.step);
      code.loadConstant(window.access.bytes()).iload(index).iload(limit);
      code.invokestatic(LoopPages.SUPPORT, "window", WINDOW).istore(limit);
    }
    code.iload(limit).iload(index).branch(Opcode.IF_ICMPLE, none);
    for (Window window : all) {
      int address = values.get(window.access.address()).slot();
      LoopPages.translate(code, address, window.access.store(), window.bytes, none);
      code.lload(address).l2i().loadConstant(AddressSpace.PAGE - 1).iand();
      code.iload(index).loadConstant(window.step).imul().isub().istore(window.offset);
    }
  }

  /** Pushes what an access loads, as 64 bits. */
  void load(Access access, int index) {
    at(access, index);
    LoopPages.get(code, access.bytes());
  }

  void store(Access access, int index, Variable value) {
    at(access, index);
    LoopPages.put(code, access.bytes(), value);
  }

  private void at(Access access, int index) {
    Window window = all.stream().filter(one -> one.access == access).findFirst().orElseThrow();
    code.aload(window.bytes).iload(window.offset);
    code.iload(index).loadConstant(window.step).imul().iadd();
  }
}
