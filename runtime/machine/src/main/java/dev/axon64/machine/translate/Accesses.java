package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds an instruction's accesses to memory to a block. Those that follow each other in memory
 * become one step, for which the address is looked up once.
 */
final class Accesses {
  /** Bytes of one step: those of a vector register, which an access to a range may have. */
  private static final int MOST_BYTES = 16;

  private final BlockReader block;
  private final Step.Exit otherwise;

  /** What the last access added to its address, a sum of this and a number. */
  private Node base;

  private long offset;

  Accesses(BlockReader block, Step.Exit otherwise) {
    this.block = block;
    this.otherwise = otherwise;
  }

  void load(Node.Local result, Node address, int bytes) {
    if (block.last().orElse(null) instanceof Step.Load last
        && last.bytes() == bytes
        && last.otherwise() == otherwise
        && last.size() < MOST_BYTES
        && follows(address, last.size())) {
      block.replaceLast(
          new Step.Load(with(last.results(), result), last.address(), bytes, otherwise));
    } else {
      start(address);
      block.add(new Step.Load(List.of(result), block.legal(address), bytes, otherwise));
    }
  }

  void store(Node address, int bytes, Node value) {
    if (block.last().orElse(null) instanceof Step.Store last
        && last.bytes() == bytes
        && last.otherwise() == otherwise
        && last.size() < MOST_BYTES
        && follows(address, last.size())) {
      block.replaceLast(
          new Step.Store(last.address(), bytes, with(last.values(), value), otherwise));
    } else {
      start(address);
      block.add(new Step.Store(block.legal(address), bytes, List.of(value), otherwise));
    }
  }

  private static <T> List<T> with(List<T> before, T last) {
    List<T> all = new ArrayList<>(before);
    all.add(last);
    return List.copyOf(all);
  }

  private void start(Node address) {
    base = base(address);
    offset = offset(address);
  }

  /** Whether an address is that of the last step plus a number of bytes. */
  private boolean follows(Node address, int bytes) {
    return base(address).equals(base) && offset(address) == offset + bytes;
  }

  private Node base(Node address) {
    return sum(address) ? ((Node.Binary) block.meaning(address)).left() : address;
  }

  private long offset(Node address) {
    return sum(address) ? Meaning.number(((Node.Binary) block.meaning(address)).right()) : 0;
  }

  /** Whether an address is a sum with a number. */
  private boolean sum(Node address) {
    return block.meaning(address) instanceof Node.Binary b
        && b.op() == BinaryOp.ADD
        && b.right() instanceof Node.Const;
  }
}
