package dev.axon64.runtime.linux;

import dev.axon64.runtime.memory.MemoryFault;

/** Why a processor stopped. Except after {@link Call} and {@link Budget}, pc is the culprit's. */
public sealed interface Stop {
  /** Instructions executed, the culprit not counted; a system call's SVC is. */
  long instructions();

  /** The budget is used up. */
  record Budget(long instructions) implements Stop {}

  /** SVC; pc is already behind it. */
  record Call(int immediate, long instructions) implements Stop {}

  /** BRK. */
  record Breakpoint(int immediate, long instructions) implements Stop {}

  /** A word that is no instruction. */
  record Undefined(int word, long instructions) implements Stop {}

  /** The network chose a kernel that the word does not belong to. */
  record Misdispatch(int word, String message, long instructions) implements Stop {}

  /** An access that the memory refused, the fetch included. */
  record Fault(MemoryFault fault, long instructions) implements Stop {}

  /** An access or a pc that must be aligned and is not. */
  record Alignment(long address, long instructions) implements Stop {}
}
