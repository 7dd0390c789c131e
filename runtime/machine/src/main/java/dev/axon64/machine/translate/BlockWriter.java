package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.machine.bytecode.NodeCode;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.kernel.SharedFunctions;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one block of a region. Registers keep the values that they had at the block's beginning
 * until its end; what the block computes stands in locals of its own, or is computed where it is
 * needed.
 */
final class BlockWriter {
  private static final ClassDesc PAGE = CD_byte.arrayType();
  private static final ClassDesc SUPPORT = ClassDesc.of(RegionSupport.class.getName());
  private static final ClassDesc KERNELS = ClassDesc.of(Kernels.class.getName());
  private static final ClassDesc FUNCTIONS = ClassDesc.of(SharedFunctions.class.getName());
  private static final MethodTypeDesc EXECUTE =
      MethodTypeDesc.of(CD_long, CD_int, CD_int, RegionWriter.CPU, CD_int, CD_long);

  private final RegionWriter region;
  private final Block block;
  private final CodeBuilder code;
  private final Uses uses;
  private final NodeCode values;

  /** Where values are that have been computed. */
  private Map<Integer, Integer> locals = new HashMap<>();

  /** Copies of slots as they were at the beginning, for a condition that is read after them. */
  private final Map<Integer, Integer> saved = new HashMap<>();

  /** The copies that are to be read instead of the slots. */
  private final Map<Integer, Integer> entries = new HashMap<>();

  private final List<Runnable> exits = new ArrayList<>();
  private final Map<Step.Exit, Label> left = new IdentityHashMap<>();
  private int nextLocal;

  BlockWriter(RegionWriter region, Block block, CodeBuilder code, int firstLocal) {
    this.region = region;
    this.block = block;
    this.code = code;
    this.uses = new Uses(block);
    this.values = new NodeCode(code, (c, read) -> local((Node.Local) read));
    this.nextLocal = firstLocal;
  }

  void write() {
    code.labelBinding(region.label(block));
    count();
    block.steps().forEach(this::step);
    end();
    exits.forEach(Runnable::run);
  }

  /** Takes the block's instructions from what may still be executed. */
  private void count() {
    if (region.isEntry(block)) {
      Label tooFew = code.newLabel();
      code.lload(RegionWriter.LEFT_LOCAL).loadConstant((long) region.instructions()).lcmp();
      code.iflt(tooFew);
      exits.add(
          () -> {
            code.labelBinding(tooFew).loadConstant(block.start());
            code.lstore(RegionWriter.NEXT_LOCAL);
            region.leave(RegionRun.BUDGET);
          });
    }
    if (block.count() > 0) {
      code.lload(RegionWriter.LEFT_LOCAL).loadConstant((long) block.count()).lsub();
      code.lstore(RegionWriter.LEFT_LOCAL);
    }
  }

  /** Gives back what was counted too early. */
  private void uncount(int done) {
    if (block.count() > done) {
      code.lload(RegionWriter.LEFT_LOCAL).loadConstant((long) block.count() - done).ladd();
      code.lstore(RegionWriter.LEFT_LOCAL);
    }
  }

  // Values.

  /** Leaves a local on the stack: as it was kept, or computed here. */
  private void local(Node.Local local) {
    boolean entry = local.id() < 0;
    Integer kept = entry ? entries.get(Block.slot(local)) : locals.get(local.id());
    if (kept == null && entry) {
      region.load(Block.slot(local));
    } else if (kept == null) {
      values.of(definition(local));
    } else if (local.width() == Long.SIZE) {
      code.lload(kept);
    } else {
      code.iload(kept);
    }
  }

  private Node definition(Node.Local local) {
    Node definition = block.definitions().get(local.id());
    if (definition == null) {
      throw new IllegalStateException("a local without a value: " + local);
    }
    return definition;
  }

  /** Keeps what is on the stack as a local's value. */
  private void keep(Node.Local local) {
    locals.put(local.id(), nextLocal);
    put(local, nextLocal);
    nextLocal += 2;
  }

  private void put(Node.Local local, int place) {
    if (local.width() == Long.SIZE) {
      code.lstore(place);
    } else {
      code.istore(place);
    }
  }

  /** Computes what a value needs more than once, before any of it is computed under a condition. */
  private void prepare(Node node) {
    if (node instanceof Node.Local local) {
      if (local.id() >= 0 && !locals.containsKey(local.id())) {
        prepare(definition(local));
        if (uses.count(local) + uses.leaving(local) > 1) {
          values.of(definition(local));
          keep(local);
        }
      }
      return;
    }
    Nodes.operands(node).forEach(this::prepare);
  }

  private void push(Node node) {
    prepare(node);
    values.of(node);
  }

  // Steps.

  private void step(Step step) {
    switch (step) {
      case Step.Compute s -> compute(s.local());
      case Step.Load s -> load(s);
      case Step.Store s -> store(s);
      case Step.Read s -> {
        code.aload(RegionWriter.CPU_LOCAL).getfield(RegionWriter.CPU, field(s.register()), CD_long);
        narrow(s.result().width());
        keep(s.result());
      }
      case Step.Write s -> {
        prepare(s.value());
        code.aload(RegionWriter.CPU_LOCAL);
        values.of(s.value());
        widen(s.value().width());
        code.putfield(RegionWriter.CPU, field(s.register()), CD_long);
      }
      case Step.Call s -> call(s);
      case Step.Kernel s -> kernel(s);
    }
  }

  private static String field(String register) {
    return register.toLowerCase(Locale.ROOT);
  }

  private void compute(Node.Local local) {
    if (locals.containsKey(local.id()) || uses.count(local) <= 1 && uses.leaving(local) == 0) {
      return;
    }
    push(definition(local));
    keep(local);
  }

  private void narrow(int width) {
    if (width != Long.SIZE) {
      code.l2i();
    }
  }

  /** Makes 64 bits of a value on the stack, zeros on top. */
  private void widen(int width) {
    if (width == Integer.SIZE) {
      code.i2l().loadConstant(0xffff_ffffL).land();
    } else if (width == 1) {
      code.i2l();
    }
  }

  /** Leaves the page of an address and the address on the stack, or leaves the region. */
  private void page(Node address, int bytes, String finder, Step.Exit otherwise) {
    Label found = code.newLabel();
    push(address);
    Label missing = leaving(otherwise);
    int at = nextLocal;
    nextLocal += 2;
    code.lstore(at);
    code.aload(RegionWriter.MEMORY_LOCAL).lload(at).loadConstant(bytes);
    code.invokevirtual(RegionWriter.MEMORY, finder, MethodTypeDesc.of(PAGE, CD_long, CD_int));
    code.dup().ifnonnull(found).pop().goto_(missing).labelBinding(found).lload(at);
  }

  private void load(Step.Load s) {
    page(s.address(), s.bytes(), "readablePage", s.otherwise());
    int bits = s.bytes() * Byte.SIZE;
    ClassDesc type = bits == Long.SIZE ? CD_long : CD_int;
    code.invokestatic(SUPPORT, "load" + bits, MethodTypeDesc.of(type, PAGE, CD_long));
    if (bits < Long.SIZE && s.result().width() == Long.SIZE) {
      widen(Integer.SIZE);
    } else if (bits == Long.SIZE) {
      narrow(s.result().width());
    }
    keep(s.result());
  }

  private void store(Step.Store s) {
    prepare(s.value());
    page(s.address(), s.bytes(), "writablePage", s.otherwise());
    int bits = s.bytes() * Byte.SIZE;
    values.of(s.value());
    if (bits == Long.SIZE) {
      widen(s.value().width());
    } else {
      narrow(s.value().width() == Long.SIZE ? Integer.SIZE : Long.SIZE);
    }
    ClassDesc type = bits == Long.SIZE ? CD_long : CD_int;
    code.invokestatic(SUPPORT, "store" + bits, MethodTypeDesc.of(CD_void, PAGE, CD_long, type));
  }

  private void call(Step.Call s) {
    s.arguments().forEach(this::prepare);
    code.aload(RegionWriter.CPU_LOCAL);
    s.arguments().forEach(values::of);
    code.invokestatic(FUNCTIONS, s.function().name(), type(s.function()));
    s.result().ifPresent(this::keep);
  }

  private static MethodTypeDesc type(SharedFunction function) {
    List<ClassDesc> parameters = new ArrayList<>(List.of(RegionWriter.CPU));
    function.parameters().forEach(parameter -> parameters.add(type(parameter.width())));
    return MethodTypeDesc.of(
        function.result().map(result -> type(result.width())).orElse(CD_void), parameters);
  }

  private static ClassDesc type(int width) {
    return width == 1 ? CD_boolean : width <= Integer.SIZE ? CD_int : CD_long;
  }

  private void kernel(Step.Kernel s) {
    Step.Exit before = s.before();
    before.slots().values().forEach(this::prepare);
    for (int slot : region.written()) {
      Node value = before.slots().getOrDefault(slot, Block.entry(slot));
      region.keep(slot, () -> values.of(value));
    }
    code.aload(RegionWriter.CPU_LOCAL).loadConstant(before.pc());
    code.putfield(RegionWriter.CPU, "pc", CD_long);
    code.aload(RegionWriter.RUN_LOCAL).lload(RegionWriter.LEFT_LOCAL);
    code.loadConstant((long) block.count() - before.done()).ladd();
    code.putfield(RegionWriter.RUN, "left", CD_long);
    code.loadConstant(s.code().kernel()).loadConstant(s.code().instruction());
    code.aload(RegionWriter.CPU_LOCAL).loadConstant(s.code().word()).loadConstant(before.pc());
    code.invokestatic(KERNELS, "execute", EXECUTE).pop2();
    s.written()
        .forEach(
            (slot, local) -> {
              if (uses.count(local) > 0 || uses.leaving(local) > 0) {
                region.read(slot);
                keep(local);
              }
            });
  }

  // Leaving.

  /** Where the block is left in its middle: behind it, so that the usual way is short. */
  private Label leaving(Step.Exit exit) {
    Label known = left.get(exit);
    if (known != null) {
      return known; // what was known at the instruction's first access is known at the others
    }
    Label label = code.newLabel();
    left.put(exit, label);
    Map<Integer, Integer> then = new HashMap<>(locals);
    exits.add(
        () -> {
          locals = new HashMap<>(then);
          code.labelBinding(label);
          assign(exit.slots());
          if (exit.slots().containsKey(Place.FLAGS.getFirst())) {
            region.setForm(0);
          }
          uncount(exit.done());
          code.loadConstant(exit.pc()).lstore(RegionWriter.NEXT_LOCAL);
          region.leave(RegionRun.UNABLE);
        });
    return label;
  }

  /** Gives slots their values, all at once. */
  private void assign(Map<Integer, Node> slots) {
    slots.values().forEach(this::prepare);
    List<Integer> order = new ArrayList<>(slots.keySet());
    order.forEach(slot -> values.of(slots.get(slot)));
    order.reversed().forEach(region::store);
  }

  /** Gives slots their values at the block's end, and passes flags. */
  private void finish() {
    Optional<Flags.Passed> passed = region.flags().passed(block);
    Map<Integer, Node> slots = new LinkedHashMap<>(block.slots());
    if (passed.isEmpty()) {
      assign(slots);
      if (slots.containsKey(Place.FLAGS.getFirst())) {
        region.setForm(0);
      }
      return;
    }
    slots.keySet().removeAll(Place.FLAGS);
    List<Node> operands = passed.get().operands();
    operands.forEach(this::prepare);
    slots.values().forEach(this::prepare);
    for (Node operand : operands) {
      values.of(operand);
      widen(operand.width());
    }
    assign(slots);
    for (int i = operands.size() - 1; i >= 0; i--) {
      region.storeOperand(i);
    }
    region.setForm(passed.get().form());
  }

  private void end() {
    switch (block.end()) {
      case End.Go e -> {
        finish();
        region.go(e.target());
      }
      case End.Unable e -> {
        finish();
        code.loadConstant(e.pc()).lstore(RegionWriter.NEXT_LOCAL);
        region.leave(RegionRun.UNABLE);
      }
      case End.Jump e -> {
        push(e.target());
        code.lstore(RegionWriter.NEXT_LOCAL);
        finish();
        region.leave(RegionRun.LEFT);
      }
      case End.Choose e -> choose(e);
    }
  }

  /** Copies the slots that a value reads and that are about to change. */
  private void save(Node node) {
    if (!(node instanceof Node.Local local)) {
      Nodes.operands(node).forEach(this::save);
    } else if (local.id() >= 0) {
      if (!locals.containsKey(local.id())) {
        save(definition(local));
      }
    } else if (block.slots().containsKey(Block.slot(local))
        && !saved.containsKey(Block.slot(local))) {
      saved.put(Block.slot(local), nextLocal);
      region.load(Block.slot(local));
      put(local, nextLocal);
      nextLocal += 2;
    }
  }

  /** The condition is that of the values before registers change. */
  private void choose(End.Choose e) {
    prepare(e.condition());
    save(e.condition());
    finish();
    Label yes = code.newLabel();
    entries.putAll(saved);
    values.branch(e.condition(), true, yes);
    entries.clear();
    region.go(e.no());
    code.labelBinding(yes);
    region.go(e.yes());
  }
}
