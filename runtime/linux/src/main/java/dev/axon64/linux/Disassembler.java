package dev.axon64.linux;

/** Writes instructions as text in reports of faults. */
@FunctionalInterface
public interface Disassembler {
  /** The text of an instruction word at an address. */
  String text(int word, long address);
}
