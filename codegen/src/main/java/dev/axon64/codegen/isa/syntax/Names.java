package dev.axon64.codegen.isa.syntax;

/** The declarations of a spec by name. */
@FunctionalInterface
public interface Names {
  /** The declaration of a name; null if there is none. */
  Declaration find(String name);
}
