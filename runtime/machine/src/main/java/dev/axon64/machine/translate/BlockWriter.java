package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Node;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one block of a region. Registers keep the values that they had at the block's beginning
 * until its end; what the block computes stands in locals of its own, or is computed where it is
 * needed.
 */
final class BlockWriter {
  private final RegionWriter region;
  private final Block block;
  private final CodeBuilder code;
  private final BlockValues values;
  private final MemoryCode memory;
  private final CallWriter calls;
  private final List<Runnable> exits = new ArrayList<>();
  private final Map<Step.Exit, Label> left = new IdentityHashMap<>();

  /** Steps that are written. */
  private int done;

  BlockWriter(RegionWriter region, Block block, CodeBuilder code, int firstLocal) {
    this.region = region;
    this.block = block;
    this.code = code;
    this.values = new BlockValues(region, block, code, firstLocal);
    this.memory = region.memory(block, values, exits);
    this.calls = new CallWriter(region, block, code, values);
  }

  void write() {
    code.labelBinding(region.ways().to(block));
    count();
    for (; done < block.steps().size(); done++) {
      step(block.steps().get(done));
    }
    end();
    for (int i = 0; i < exits.size(); i++) {
      exits.get(i).run(); // which may add others
    }
  }

  /** Takes the block's instructions from what may still be executed. */
  private void count() {
    if (region.counts(block)) {
      Label tooFew = code.newLabel();
      code.iload(RegionWriter.LEFT_LOCAL).loadConstant(region.instructions()).if_icmplt(tooFew);
      exits.add(
          () -> {
            code.labelBinding(tooFew).loadConstant(block.start());
            code.lstore(RegionWriter.NEXT_LOCAL);
            region.ways().leave(RegionRun.BUDGET);
          });
    }
    if (block.count() > 0) {
      code.iinc(RegionWriter.LEFT_LOCAL, -block.count());
    }
  }

  /** Gives back what was counted too early. */
  private void uncount(int done) {
    if (block.count() > done) {
      code.iinc(RegionWriter.LEFT_LOCAL, block.count() - done);
    }
  }

  // Steps.

  private void step(Step step) {
    switch (step) {
      case Step.Compute s -> values.compute(s.local());
      case Step.Assign s -> values.assign(s.slots(), later());
      case Step.Load s -> memory.load(s, leaving(s.otherwise()));
      case Step.Store s -> memory.store(s, leaving(s.otherwise()));
      case Step.Read s -> {
        values.readState(s.register(), s.result().width());
        values.keep(s.result());
      }
      case Step.Write s -> {
        values.prepare(s.value());
        code.aload(RegionWriter.CPU_LOCAL);
        values.of(s.value());
        values.widen(s.value().width());
        code.putfield(RegionWriter.CPU, BlockValues.field(s.register()), CD_long);
      }
      case Step.Leave s -> {
        values.prepare(s.condition());
        values.branch(s.condition(), true, leaving(s.otherwise()));
      }
      case Step.Call s -> calls.function(s);
      case Step.Host s -> calls.host(s);
    }
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
    BlockValues.Known then = values.known();
    exits.add(
        () -> {
          values.knowOnly(then);
          code.labelBinding(label);
          flags(exit.flags(), List.of());
          uncount(exit.done());
          code.loadConstant(exit.pc()).lstore(RegionWriter.NEXT_LOCAL);
          region.ways().leave(RegionRun.REFUSED);
        });
    return label;
  }

  /**
   * Gives flags their values, or passes what they follow from.
   *
   * @param later what may be read afterwards
   */
  private void flags(Map<Integer, Node> changed, List<Node> later) {
    Optional<Flags.Passed> passed = region.flags().passed(block);
    if (changed.isEmpty()) {
      return;
    }
    if (passed.isEmpty() || !Flags.of(block).equals(changed)) {
      values.assign(changed, later);
      region.flags().setForm(0);
      return;
    }
    List<Node> operands = passed.get().operands();
    for (int i = 0; i < operands.size(); i++) {
      values.push(operands.get(i));
      values.widen(operands.get(i).width());
      region.flags().storeOperand(i);
    }
    region.flags().setForm(passed.get().form());
  }

  /** What is read by the steps that follow, and at the end. */
  private List<Node> later() {
    List<Node> later = new ArrayList<>(block.slots().values());
    later.addAll(block.end().reads());
    region.flags().passed(block).ifPresent(passed -> later.addAll(passed.operands()));
    for (Step step : block.steps().subList(done + 1, block.steps().size())) {
      later.addAll(step.reads());
      step.leaves().ifPresent(exit -> later.addAll(exit.flags().values()));
      if (step instanceof Step.Compute compute) {
        later.add(compute.local());
      }
    }
    return later;
  }

  /** Gives slots their values at the block's end, and passes flags. */
  private void finish() {
    Map<Integer, Node> slots = new LinkedHashMap<>(block.slots());
    slots.keySet().removeAll(Place.FLAGS);
    List<Node> later = new ArrayList<>(slots.values());
    later.addAll(block.end().reads());
    flags(Flags.of(block), later);
    values.assign(slots, block.end().reads());
  }

  private void end() {
    switch (block.end()) {
      case End.Go e -> {
        finish();
        region.ways().go(block, e.target());
      }
      case End.Unable e -> {
        finish();
        code.loadConstant(e.pc()).lstore(RegionWriter.NEXT_LOCAL);
        region.ways().leave(RegionRun.UNABLE);
      }
      case End.Jump e -> {
        values.push(e.target());
        code.lstore(RegionWriter.NEXT_LOCAL);
        finish();
        region.ways().jump(block);
      }
      case End.Return e -> {
        values.push(e.target());
        code.lstore(RegionWriter.NEXT_LOCAL);
        finish();
        region.ways().toReturn();
      }
      case End.Call e -> call(e);
      case End.Choose e -> choose(e);
    }
  }

  private void call(End.Call e) {
    values.push(e.target());
    code.lstore(RegionWriter.NEXT_LOCAL);
    finish();
    region.call(e.back());
    region.ways().go(block, e.back());
  }

  /** The condition is that of the values before registers change. */
  private void choose(End.Choose e) {
    values.prepare(e.condition());
    finish();
    Ways ways = region.ways();
    Label yes = ways.inside(block, e.yes()).orElseGet(code::newLabel);
    values.branch(e.condition(), true, yes);
    ways.go(block, e.no());
    if (ways.inside(block, e.yes()).isEmpty()) {
      code.labelBinding(yes);
      ways.go(block, e.yes());
    }
  }
}
