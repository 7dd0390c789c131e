package dev.axon64.codegen.isa.syntax;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The declarations of a spec by name. */
public interface Names {
  /** The declaration of a name. */
  Optional<Declaration> find(String name);

  /** All declarations. */
  Collection<Declaration> all();

  /** Makes names of a map. */
  static Names of(Map<String, Declaration> declarations) {
    return new Names() {
      @Override
      public Optional<Declaration> find(String name) {
        return Optional.ofNullable(declarations.get(name));
      }

      @Override
      public Collection<Declaration> all() {
        return declarations.values();
      }
    };
  }
}
