package dev.axon64.propose.accelerate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.propose.accelerate.Loop.Course;
import dev.axon64.propose.accelerate.Value.Kind;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles what a loop does to data into one JVM method: per iteration all loads, then the exits
 * that depend on data, then all stores, with registers in locals.
 */
final class LoopCode {
  /** More values than this are not worth compiling. */
  private static final int MOST = 400;

  /** So many of its accesses remember the page that they went to. */
  private static final int MOST_PAGES = 12;

  private static final ClassDesc FAULT = ClassDesc.of(MemoryFault.class.getName());
  private static final ClassDesc LONGS = CD_long.arrayType();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_int, LoopPages.MEMORY, LONGS, LONGS, CD_int);

  static final int MEMORY_LOCAL = 0;
  private static final int VALUES_LOCAL = 1;
  private static final int STEPS_LOCAL = 2;
  private static final int COUNT_LOCAL = 3;
  private static final int INDEX_LOCAL = 4;
  private static final int LIMIT_LOCAL = 5;
  private static final int FIRST_LOCAL = 6;

  private final Loop loop;
  private final Value[] values;

  /** Whether an iteration computes it. */
  private final boolean[] live;

  /** Where values of the current iteration are. */
  private final int[] locals;

  /** Where loads and slots of the last whole iteration are. */
  private final int[] lasts;

  /** Where it is by how much a slot steps; by its value at the beginning. */
  private final int[] steps;

  private final List<Access> accesses;
  private final LoopPages pages;
  private LoopWindows windows;

  private int nextLocal = FIRST_LOCAL;

  private LoopCode(Loop loop) {
    this.loop = loop;
    this.values = loop.values;
    this.live = loop.needed.clone();
    this.locals = new int[values.length];
    this.lasts = new int[values.length];
    this.steps = new int[values.length];
    this.accesses = loop.iteration.accesses();
    this.pages = new LoopPages();
  }

  /**
   * Compiles.
   *
   * @return {@code int run(AddressSpace memory, long[] values, long[] steps, int n)}: does up to n
   *     iterations, the first being that of the values of slots and of what never changes; answers
   *     how many, fewer before an exit or a fault; leaves in the values what slots were at the
   *     beginning of the last, and what it loaded
   * @throws Refusal if it is too much
   */
  static MethodHandle of(Loop loop) {
    return new LoopCode(loop).compile();
  }

  private MethodHandle compile() {
    for (Access access : accesses) {
      mark(access.address());
      mark(access.value());
    }
    int count = 0;
    for (int id = 0; id < values.length; id++) {
      if (live[id]) {
        count++;
        locals[id] = local();
        lasts[id] = isKept(id) ? local() : -1;
        steps[id] = isStepping(id) ? local() : -1;
      }
    }
    for (int i = 0; i < Math.min(MOST_PAGES, accesses.size()); i++) {
      pages.add(local(), local());
    }
    pages.at(local());
    windows = LoopWindows.of(loop, this::local);
    if (count > MOST) {
      throw new Refusal("too much computation");
    }
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    ClassDesc name = ClassDesc.of(LoopCode.class.getPackageName() + ".CompiledLoop");
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                type ->
                    type.withMethodBody("run", RUN, ClassFile.ACC_STATIC, code -> method(code)));
    try {
      MethodHandles.Lookup compiled = lookup.defineHiddenClass(bytes, true);
      return compiled.findStatic(
          compiled.lookupClass(),
          "run",
          MethodType.methodType(
              int.class, AddressSpace.class, long[].class, long[].class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled loop has a method run", e);
    }
  }

  private int local() {
    int local = nextLocal;
    nextLocal += 2;
    return local;
  }

  private void mark(int id) {
    if (!live[id]) {
      live[id] = true;
      Value v = values[id];
      int n = v.operands();
      if (n > 0) {
        mark(v.a());
      }
      if (n > 1) {
        mark(v.b());
      }
      if (n > 2) {
        mark(v.c());
      }
    }
  }

  private boolean isStepping(int id) {
    if (values[id].kind() != Kind.ENTRY) {
      return false;
    }
    Course course = loop.courses[(int) values[id].number()];
    return course == Course.STEPS || course == Course.HALF_STEPS;
  }

  /** Whether what comes after the loop needs it. */
  private boolean isKept(int id) {
    return values[id].kind() == Kind.LOAD || values[id].kind() == Kind.ENTRY && !loop.closed[id];
  }

  private void method(CodeBuilder code) {
    for (int id = 0; id < values.length; id++) {
      if (live[id] && (loop.same[id] || values[id].kind() == Kind.ENTRY)) {
        code.aload(VALUES_LOCAL).loadConstant(id).laload().lstore(locals[id]);
      }
      if (live[id] && isKept(id)) {
        code.lconst_0().lstore(lasts[id]);
      }
      if (live[id] && isStepping(id)) {
        code.aload(STEPS_LOCAL).loadConstant(id).laload().lstore(steps[id]);
      }
    }
    pages.begin(code);
    code.iconst_0().istore(INDEX_LOCAL);
    Label end = code.newLabel();
    code.trying(
        body -> iterations(body, end),
        handlers -> handlers.catching(FAULT, handler -> handler.pop().goto_(end)));
    code.labelBinding(end);
    for (int id = 0; id < values.length; id++) {
      if (live[id] && isKept(id)) {
        code.aload(VALUES_LOCAL).loadConstant(id).lload(lasts[id]).lastore();
      }
    }
    code.iload(INDEX_LOCAL).ireturn();
  }

  private void iterations(CodeBuilder code, Label end) {
    Label top = code.newLabel();
    code.labelBinding(top);
    code.iload(INDEX_LOCAL).iload(COUNT_LOCAL).if_icmpge(end);
    if (!windows.isEmpty()) {
      Label none = code.newLabel();
      List<Integer> addresses = new ArrayList<>();
      boolean[] done = new boolean[values.length];
      windows.addresses().forEach(id -> visit(id, done, addresses));
      addresses.forEach(id -> compute(code, id, false));
      windows.open(code, locals, INDEX_LOCAL, COUNT_LOCAL, LIMIT_LOCAL, none);
      Label next = code.newLabel();
      code.labelBinding(next).iload(INDEX_LOCAL).iload(LIMIT_LOCAL).if_icmpge(top);
      iteration(code, end, true);
      code.goto_(next).labelBinding(none);
    }
    iteration(code, end, false);
    code.goto_(top);
  }

  /**
   * @param windowed whether in a window
   */
  private void iteration(CodeBuilder code, Label end, boolean windowed) {
    for (int id : order()) {
      compute(code, id, windowed);
    }
    for (int exit : loop.dataExits) {
      code.lload(locals[exit]).lconst_0().lcmp().branch(Opcode.IFNE, end);
    }
    for (int i = 0; i < accesses.size(); i++) {
      Access access = accesses.get(i);
      int value = locals[access.value()];
      if (access.store() && windowed && windows.has(access)) {
        windows.store(code, access, INDEX_LOCAL, value);
      } else if (access.store()) {
        pages.store(code, i, access.bytes(), locals[access.address()], value);
      }
    }
    for (int id = 0; id < values.length; id++) {
      if (live[id] && isKept(id)) {
        code.lload(locals[id]).lstore(lasts[id]);
      }
    }
    advance(code);
    code.iinc(INDEX_LOCAL, 1);
  }

  /** Operands first; a load whose address follows data comes after its address. */
  private List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    boolean[] done = new boolean[values.length];
    for (int id = 0; id < values.length; id++) {
      if (live[id]) {
        visit(id, done, order);
      }
    }
    return order;
  }

  private void visit(int id, boolean[] done, List<Integer> order) {
    if (done[id]) {
      return;
    }
    done[id] = true;
    Value v = values[id];
    int n = v.operands();
    if (n > 0) {
      visit(v.a(), done, order);
    }
    if (n > 1) {
      visit(v.b(), done, order);
    }
    if (n > 2) {
      visit(v.c(), done, order);
    }
    if (v.kind() == Kind.LOAD) {
      visit(accesses.get(load(id)).address(), done, order);
    }
    order.add(id);
  }

  /** The number of the access that loads a value. */
  private int load(int id) {
    for (int i = 0; i < accesses.size(); i++) {
      if (!accesses.get(i).store() && accesses.get(i).value() == id) {
        return i;
      }
    }
    throw new IllegalStateException("a load without access");
  }

  /** All slots at once: their next values are computed before any is overwritten. */
  private void advance(CodeBuilder code) {
    List<Integer> carried = new ArrayList<>();
    for (int id = 0; id < values.length; id++) {
      if (live[id] && values[id].kind() == Kind.ENTRY) {
        Course course = loop.courses[(int) values[id].number()];
        if (course == Course.CARRIED) {
          carried.add(id);
        }
      }
    }
    for (int id : carried) {
      code.lload(locals[loop.next((int) values[id].number())]);
    }
    for (int id : carried.reversed()) {
      code.lstore(locals[id]);
    }
    for (int id = 0; id < values.length; id++) {
      if (live[id] && isStepping(id)) {
        code.lload(locals[id]).lload(steps[id]).ladd();
        if (loop.courses[(int) values[id].number()] == Course.HALF_STEPS) {
          code.loadConstant(0xffff_ffffL).land();
        }
        code.lstore(locals[id]);
      }
    }
  }

  private void compute(CodeBuilder code, int id, boolean windowed) {
    Value v = values[id];
    if (loop.same[id] || v.kind() == Kind.ENTRY) {
      return;
    }
    switch (v.kind()) {
      case LOAD -> {
        int index = load(id);
        Access access = accesses.get(index);
        if (windowed && windows.has(access)) {
          windows.load(code, access, INDEX_LOCAL);
        } else {
          pages.load(code, index, access.bytes(), locals[access.address()]);
        }
      }
      case EXTRACT -> {
        code.lload(locals[v.a()]);
        if (v.number() != 0) {
          code.loadConstant((int) v.number()).lushr();
        }
        if (v.number() + v.width() < Long.SIZE) {
          mask(code, v.width());
        }
      }
      case ZERO -> code.lload(locals[v.a()]);
      case SIGN -> {
        int spare = Long.SIZE - (int) v.number();
        code.lload(locals[v.a()]).loadConstant(spare).lshl().loadConstant(spare).lshr();
        mask(code, v.width());
      }
      case CONCAT ->
          code.lload(locals[v.a()])
              .loadConstant((int) v.number())
              .lshl()
              .lload(locals[v.b()])
              .lor();
      case SELECT -> {
        Label no = code.newLabel();
        Label join = code.newLabel();
        code.lload(locals[v.a()]).lconst_0().lcmp().ifeq(no).lload(locals[v.b()]).goto_(join);
        code.labelBinding(no).lload(locals[v.c()]).labelBinding(join);
      }
      case UNARY -> unary(code, v);
      case BINARY -> binary(code, v);
      default -> throw new IllegalStateException("nothing to compute");
    }
    code.lstore(locals[id]);
  }

  private static void mask(CodeBuilder code, int width) {
    if (width < Long.SIZE) {
      code.loadConstant(Ops.mask(width)).land();
    }
  }

  private void unary(CodeBuilder code, Value v) {
    code.lload(locals[v.a()]);
    if (v.unary() == UnaryOp.NOT) {
      code.loadConstant(Ops.mask(v.width())).lxor();
    } else {
      code.loadConstant(v.unary().ordinal()).loadConstant(v.width());
      code.invokestatic(
          LoopPages.SUPPORT, "unary", MethodTypeDesc.of(CD_long, CD_long, CD_int, CD_int));
    }
  }

  private void binary(CodeBuilder code, Value v) {
    code.lload(locals[v.a()]).lload(locals[v.b()]);
    switch (v.binary()) {
      case ADD -> mask(code.ladd(), v.width());
      case SUB -> mask(code.lsub(), v.width());
      case MUL -> mask(code.lmul(), v.width());
      case AND -> code.land();
      case OR -> code.lor();
      case XOR -> code.lxor();
      case EQ -> {
        Label equal = code.newLabel();
        Label join = code.newLabel();
        code.lcmp().ifeq(equal).lconst_0().goto_(join);
        code.labelBinding(equal).lconst_1().labelBinding(join);
      }
      default -> {
        code.loadConstant(v.binary().ordinal()).loadConstant((int) v.number());
        code.invokestatic(
            LoopPages.SUPPORT,
            "binary",
            MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_int, CD_int));
      }
    }
  }
}
