package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;

/** How a block ends. */
sealed interface End {
  /** Goes on at an address. */
  record Go(long target) implements End {}

  /** Goes on at one of two addresses. */
  record Choose(Node condition, long yes, long no) implements End {}

  /** Goes on at a computed address. */
  record Jump(Node target) implements End {}

  /** Leaves: a region cannot execute the instruction at this address. */
  record Unable(long pc) implements End {}
}
