package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import java.util.List;
import java.util.Map;

/**
 * What a straight piece of guest code does, in single assignments. Locals with a number below zero
 * are the values of slots at the beginning, see {@link #entry}; the others have a definition here
 * or are the result of a step. All values are legal.
 *
 * @param number its place in the region's order
 * @param start its address
 * @param count instructions, without one that it leaves to the engine
 * @param definitions by the local's number
 * @param slots the values at its end of the slots that it changes and that no step assigns before
 * @param leads the numbers of the blocks that it leads to, by the addresses that lead there
 * @param flagger the first local of the last instruction that set condition flags
 */
record Block(
    int number,
    long start,
    int count,
    Map<Integer, Node> definitions,
    List<Step> steps,
    Map<Integer, Node> slots,
    int flagger,
    End end,
    Map<Long, Integer> leads) {
  /** The address of its last instruction. */
  long last() {
    return start + (count - 1) * (long) Integer.BYTES;
  }

  /** The value of a slot at the beginning. */
  static Node.Local entry(int slot) {
    return new Node.Local(Place.width(slot), -1 - slot, "entry");
  }

  /** The slot whose value at the beginning a local is; negative for other locals. */
  static int slot(Node.Local local) {
    return -1 - local.id();
  }
}
