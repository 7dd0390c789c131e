package dev.axon64.codegen.isa.decode;

/** Finds what a word is. */
public interface Decoder {
  /** The answer for a word. */
  int find(int word);
}
