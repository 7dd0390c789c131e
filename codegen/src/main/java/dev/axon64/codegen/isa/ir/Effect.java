package dev.axon64.codegen.isa.ir;

import java.util.List;
import java.util.Optional;

/** A step of an instruction; steps happen in order. */
public sealed interface Effect {
  /** Gives a local its only value. */
  record Define(Node.Local local, Node value) implements Effect {}

  /** Makes a local that later {@link Assign}s fill, one on every path. */
  record Declare(Node.Local local) implements Effect {}

  /** Fills a declared local. */
  record Assign(Node.Local local, Node value) implements Effect {}

  /** Writes 64 bits; to index 31 they are lost, or go to the stack pointer if {@code stack}. */
  record SetX(Node index, boolean stack, Node value) implements Effect {}

  /** Writes all of a vector register. */
  record SetV(Node index, Node low, Node high) implements Effect {}

  /** Writes a declared register. */
  record SetState(String name, Node value) implements Effect {}

  /** The next instruction is at {@code target} instead of behind this one. */
  record Branch(Node target) implements Effect {}

  /** Reads 1, 2, 4 or 8 bytes; may fault, and then the instruction ends here. */
  record Load(Node.Local local, Node address, int bytes) implements Effect {}

  /** Writes 1, 2, 4 or 8 bytes; may fault, and then the instruction ends here. */
  record Store(Node address, int bytes, Node value) implements Effect {}

  /** Chooses between blocks. */
  record If(Node condition, List<Effect> yes, List<Effect> no) implements Effect {}

  /** Ends the instruction: the word is unallocated. */
  record Undefined() implements Effect {}

  /** Ends the instruction with a trap. */
  record Raise(String trap, List<Node> arguments) implements Effect {}

  /** Asks the machine around the CPU. */
  record Host(Optional<Node.Local> result, String name, List<Node> arguments) implements Effect {}

  /** Calls a function that is generated on its own. */
  record Call(Optional<Node.Local> result, SharedFunction function, List<Node> arguments)
      implements Effect {}
}
