package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a block does in order; everything else it computes is free of effects. */
sealed interface Step {
  /** The values that it reads. */
  default List<Node> reads() {
    return switch (this) {
      case Compute s -> List.of();
      case Assign s -> List.copyOf(s.slots().values());
      case Load s -> List.of(s.address());
      case Store s -> Stream.concat(Stream.of(s.address()), s.values().stream()).toList();
      case Read s -> List.of();
      case Write s -> List.of(s.value());
      case Leave s -> List.of(s.condition());
      case Call s -> Stream.concat(s.arguments().stream(), s.condition().stream()).toList();
      case Host s -> s.arguments();
    };
  }

  /** Where it may leave the block. */
  default Optional<Exit> leaves() {
    return switch (this) {
      case Load s -> Optional.of(s.otherwise());
      case Store s -> Optional.of(s.otherwise());
      case Leave s -> Optional.of(s.otherwise());
      case Host s -> Optional.empty();
      case Compute s -> Optional.empty();
      case Assign s -> Optional.empty();
      case Read s -> Optional.empty();
      case Write s -> Optional.empty();
      case Call s -> Optional.empty();
    };
  }

  /** Computes a register's new value, so that what leaves the block later finds it. */
  record Compute(Node.Local local) implements Step {}

  /**
   * Gives slots their values of now, all at once, so that what leaves the block behind it need not.
   *
   * @param slots none of them a condition flag
   */
  record Assign(Map<Integer, Node> slots) implements Step {}

  /**
   * Reads memory, or leaves where that cannot be done at once.
   *
   * @param results what is read from the address on, one behind the other
   * @param bytes of each of them
   */
  record Load(List<Node.Local> results, Node address, int bytes, Exit otherwise) implements Step {
    /** All that is read. */
    int size() {
      return results.size() * bytes;
    }
  }

  /**
   * Writes memory, or leaves where that cannot be done at once.
   *
   * @param bytes of each value
   * @param values what is written from the address on, one behind the other
   */
  record Store(Node address, int bytes, List<Node> values, Exit otherwise) implements Step {
    /** All that is written. */
    int size() {
      return values.size() * bytes;
    }
  }

  /** Reads a register that stays in the state. */
  record Read(Node.Local result, String register) implements Step {}

  /** Writes a register that stays in the state. */
  record Write(String register, Node value) implements Step {}

  /** Leaves where a condition holds. */
  record Leave(Node condition, Exit otherwise) implements Step {}

  /**
   * Calls a function of the spec, which touches no register that is kept in locals.
   *
   * @param condition whether it is called; if it is not, the result is any value
   */
  record Call(
      Optional<Node.Local> result,
      SharedFunction function,
      List<Node> arguments,
      Optional<Node> condition)
      implements Step {}

  /**
   * Asks the machine around the CPU.
   *
   * @param pc of the instruction that asks
   * @param done instructions of the block that are executed
   */
  record Host(Optional<Node.Local> result, String name, List<Node> arguments, long pc, int done)
      implements Step {}

  /**
   * Where and with what a block is left.
   *
   * @param pc of the instruction to go on with
   * @param done instructions of the block that are executed
   * @param flags the values of the condition flags that the block has changed; all other slots have
   *     been {@linkplain Assign assigned}
   */
  record Exit(long pc, int done, Map<Integer, Node> flags) {}
}
