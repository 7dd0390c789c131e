package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the ways between the blocks of a region, and those out of it. */
final class Ways {
  private final CodeBuilder code;
  private final List<Label> blocks = new ArrayList<>();
  private final Label leave;
  private final Label returns;
  private final Map<Integer, Label> reasons = new TreeMap<>();

  /**
   * @param count how many blocks there are
   */
  Ways(CodeBuilder code, int count) {
    this.code = code;
    this.leave = code.newLabel();
    this.returns = code.newLabel();
    for (int i = 0; i < count; i++) {
      blocks.add(code.newLabel());
    }
  }

  /** The place where a block begins. */
  Label to(Block block) {
    return blocks.get(block.number());
  }

  /** Goes from a block's end to the address in NEXT_LOCAL: to the block there, or leaves. */
  void jump(Block block) {
    choose(block.leads());
    code.aload(RegionWriter.RUN_LOCAL).loadConstant(block.last());
    code.putfield(RegionWriter.RUN, "from", CD_long);
    leave(RegionRun.JUMPED);
  }

  /** Goes to the block at the address in NEXT_LOCAL if it is one of these, or on. */
  void choose(Map<Long, Integer> numbers) {
    SortedMap<Long, Label> targets = new TreeMap<>(Long::compareUnsigned);
    numbers.forEach((address, number) -> targets.put(address, blocks.get(number)));
    if (!targets.isEmpty()) {
      AddressSwitch.write(code, RegionWriter.NEXT_LOCAL, targets);
    }
  }

  /** Goes to where all returns from the region's own function meet. */
  void toReturn() {
    code.goto_(returns);
  }

  /** Begins what {@link #toReturn} goes to. */
  void bindReturns() {
    code.labelBinding(returns);
  }

  /** The place in the region to which a block's end leads by an address; empty for none. */
  Optional<Label> inside(Block block, long target) {
    return Optional.ofNullable(block.leads().get(target)).map(blocks::get);
  }

  /** Goes from a block's end to an address: to the block there, or out of the region. */
  void go(Block block, long target) {
    Optional<Label> inside = inside(block, target);
    if (inside.isPresent()) {
      code.goto_(inside.get());
    } else {
      code.loadConstant(target).lstore(RegionWriter.NEXT_LOCAL);
      leave(RegionRun.LEFT);
    }
  }

  /** Leaves to the address in NEXT_LOCAL. */
  void leave(int reason) {
    code.goto_(reasons.computeIfAbsent(reason, each -> code.newLabel()));
  }

  /**
   * Begins what follows where the region is left.
   *
   * @param reason the JVM local that gets the reason
   */
  void bindLeave(int reason) {
    reasons.forEach(
        (number, label) ->
            code.labelBinding(label).loadConstant(number).istore(reason).goto_(leave));
    code.labelBinding(leave);
  }
}
