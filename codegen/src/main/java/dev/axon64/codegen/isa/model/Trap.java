package dev.axon64.codegen.isa.model;

import java.util.List;

/** A declared way to stop the guest. */
public record Trap(String name) {
  /**
   * The traps of every machine: an unallocated word, a word that the network gave to a kernel which
   * does not own it, and a word of a kernel that the model does not have.
   */
  public static final List<String> OWN = List.of("undefined", "misdispatch", "disabled");
}
