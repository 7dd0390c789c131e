package dev.axon64.linux;

/** Writes an instruction as text, for reports. */
@FunctionalInterface
public interface Disassembler {
  String text(int word, long address);
}
