package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import java.util.List;

/** How a block ends. */
sealed interface End {
  /** The values that it reads. */
  default List<Node> reads() {
    return switch (this) {
      case Go e -> List.of();
      case Choose e -> List.of(e.condition());
      case Jump e -> List.of(e.target());
      case Return e -> List.of(e.target());
      case Call e -> List.of(e.target());
      case Unable e -> List.of();
    };
  }

  /** Goes on at an address. */
  record Go(long target) implements End {}

  /** Goes on at one of two addresses. */
  record Choose(Node condition, long yes, long no) implements End {}

  /** Goes on at a computed address. */
  record Jump(Node target) implements End {}

  /** Goes back behind a call of the function that the region begins with, if one has led here. */
  record Return(Node target) implements End {}

  /**
   * Calls a function, and goes on behind it when it has come back there.
   *
   * @param target the function's address
   */
  record Call(Node target, long back) implements End {}

  /** Leaves: a region cannot execute the instruction at this address. */
  record Unable(long pc) implements End {}
}
