package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.machine.bytecode.NodeCode;
import dev.axon64.machine.bytecode.Variable;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.propose.accelerate.Loop.Course;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The method of {@link LoopCode}: in each iteration all loads, then the exits that depend on data,
 * then all stores, with values in JVM locals.
 */
final class LoopMethod {
  /** So many accesses remember the page that they went to. */
  private static final int MOST_PAGES = 12;

  private static final ClassDesc FAULT = ClassDesc.of(MemoryFault.class.getName());

  /** The method's parameters. */
  static final int MEMORY = 0;

  private static final int VALUES = 1;
  private static final int STEPS = 2;
  private static final int COUNT = 3;

  private final LoopPlan plan;
  private final Loop loop;
  private final List<Access> accesses;
  private final CodeBuilder code;
  private final NodeCode nodes;

  /** How many iterations are done. */
  private final int index;

  /** The iteration before which the window ends. */
  private final int limit;

  /** Values of the current iteration. */
  private final Map<Integer, Variable> now = new HashMap<>();

  /** Kept values of the last whole iteration. */
  private final Map<Integer, Variable> last = new HashMap<>();

  /** By how much slots grow, by their values at the beginning. */
  private final Map<Integer, Variable> steps = new HashMap<>();

  private final LoopPages pages;
  private final LoopWindows windows;

  LoopMethod(LoopPlan plan, CodeBuilder code) {
    this.plan = plan;
    this.loop = plan.loop();
    this.accesses = loop.iteration.accesses();
    this.code = code;
    this.nodes = new NodeCode(code, this::read);
    this.index = code.allocateLocal(TypeKind.INT);
    this.limit = code.allocateLocal(TypeKind.INT);
    this.pages = new LoopPages(code, Math.min(MOST_PAGES, accesses.size()));
    this.windows = new LoopWindows(loop, code);
  }

  private void read(CodeBuilder code, Node.Read read) {
    switch (read) {
      case Node.Local n -> now.get(n.id()).load(code);
      default -> throw new IllegalArgumentException("not a value of a loop: " + read);
    }
  }

  void print() {
    plan.live().forEach(this::begin);
    pages.begin();
    code.iconst_0().istore(index);
    Label start = code.newBoundLabel();
    Label end = code.newLabel();
    iterations(end);
    Label fault = code.newBoundLabel();
    code.pop().labelBinding(end);
    code.exceptionCatch(start, fault, fault, FAULT);
    last.forEach(
        (id, variable) -> {
          code.aload(VALUES).loadConstant(id);
          variable.loadLong(code);
          code.lastore();
        });
    code.iload(index).ireturn();
  }

  /** Makes the JVM locals of a value, and fills in what is known before the first iteration. */
  private void begin(int id) {
    Variable variable = Variable.allocate(code, plan.width(id));
    now.put(id, variable);
    if (plan.legal(id).isPresent() && plan.carried(id).isPresent()) {
      compute(id, variable);
    } else if (!plan.isComputed(id) && !plan.isLoaded(id)) {
      code.aload(VALUES).loadConstant(id).laload();
      variable.storeLong(code);
    }
    if (plan.isKept(id)) {
      Variable kept = Variable.allocate(code, plan.width(id));
      last.put(id, kept);
      code.lconst_0();
      kept.storeLong(code);
    }
    if (plan.isStepping(id)) {
      Variable step = Variable.allocate(code, plan.width(id));
      steps.put(id, step);
      code.aload(STEPS).loadConstant(id).laload();
      step.storeLong(code);
    }
  }

  private void iterations(Label end) {
    Label top = code.newBoundLabel();
    code.iload(index).iload(COUNT).if_icmpge(end);
    if (!windows.isEmpty()) {
      Label none = code.newLabel();
      plan.order(windows.addresses()).forEach(id -> compute(id, false));
      windows.open(now, index, COUNT, limit, none);
      Label next = code.newBoundLabel();
      code.iload(index).iload(limit).if_icmpge(top);
      iteration(end, true);
      code.goto_(next).labelBinding(none);
    }
    iteration(end, false);
    code.goto_(top);
  }

  private void iteration(Label end, boolean isWindowed) {
    plan.order(plan.live()).forEach(id -> compute(id, isWindowed));
    for (int exit : loop.dataExits) {
      now.get(exit).load(code);
      code.ifne(end);
    }
    for (int i = 0; i < accesses.size(); i++) {
      if (accesses.get(i).store()) {
        store(i, isWindowed);
      }
    }
    last.forEach(
        (id, variable) -> {
          now.get(id).load(code);
          variable.store(code);
        });
    advance();
    code.iinc(index, 1);
  }

  private void compute(int id, boolean isWindowed) {
    if (plan.isLoaded(id)) {
      load(plan.load(id), isWindowed);
      now.get(id).storeLong(code);
    } else if (plan.isComputed(id)) {
      compute(id, now.get(id));
    }
  }

  private void compute(int id, Variable variable) {
    nodes.of(plan.legal(id).orElseThrow());
    variable.store(code);
  }

  private void load(int number, boolean isWindowed) {
    Access access = accesses.get(number);
    if (isWindowed && windows.has(access)) {
      windows.load(access, index);
    } else {
      pages.load(number, access.bytes(), now.get(access.address()));
    }
  }

  private void store(int number, boolean isWindowed) {
    Access access = accesses.get(number);
    Variable value = now.get(access.value());
    if (isWindowed && windows.has(access)) {
      windows.store(access, index, value);
    } else {
      pages.store(number, access.bytes(), now.get(access.address()), value);
    }
  }

  /** Moves all slots at once: their next values are computed before any is overwritten. */
  private void advance() {
    List<Integer> carried =
        plan.live().stream().filter(id -> plan.carried(id).isPresent()).toList();
    carried.forEach(id -> now.get(plan.carried(id).getAsInt()).load(code));
    carried.reversed().forEach(id -> now.get(id).store(code));
    steps.forEach(
        (id, step) -> {
          now.get(id).load(code);
          step.load(code);
          code.ladd();
          if (plan.course(id) == Course.HALF_STEPS) {
            code.loadConstant(0xffff_ffffL).land();
          }
          now.get(id).store(code);
        });
  }
}
