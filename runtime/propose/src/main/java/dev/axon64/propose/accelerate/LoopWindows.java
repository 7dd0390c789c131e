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
 * Emits accesses that go on by the same constant each time as indexing of one page's bytes, for as
 * many iterations as they all stay in their pages: a window. Nothing need be checked in it, so that
 * the JVM unrolls it.
 */
final class LoopWindows {
  /** Of larger steps there are too few in a page. */
  private static final int LARGEST_STEP = 256;

  private static final MethodTypeDesc WINDOW =
      MethodTypeDesc.of(CD_int, CD_long, CD_int, CD_int, CD_int, CD_int);

  /**
   * An access.
   *
   * @param bytes local with those of its page
   * @param offset local with what is added to the multiple of the step
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

  /** By what an address grows, if that is always the same. */
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

  /** What addresses at the beginning of a window must be known. */
  List<Integer> addresses() {
    return all.stream().map(window -> window.access.address()).distinct().toList();
  }

  boolean has(Access access) {
    return all.stream().anyMatch(window -> window.access == access);
  }

  /**
   * Opens a window.
   *
   * @param values where addresses are
   * @param index local with the iteration
   * @param count local with the most
   * @param limit local for the first iteration behind it
   * @param none where to go on if there is none
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
