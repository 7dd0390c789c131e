package dev.axon64.codegen.isa.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of a block, in which those of the blocks around it can be seen and assigned too. */
final class Scope {
  /** A name, and what it stands for at this point. */
  static final class Variable {
    final String name;
    final boolean mutable;
    Value value;

    Variable(String name, boolean mutable, Value value) {
      this.name = name;
      this.mutable = mutable;
      this.value = value;
    }
  }

  private final Scope outer;
  private final Map<String, Variable> variables = new HashMap<>();

  Scope(Scope outer) {
    this.outer = outer;
  }

  Scope outer() {
    return outer;
  }

  /** Adds a name, which hides one of an outer block, and says whether it was new in this block. */
  boolean add(Variable variable) {
    return variables.put(variable.name, variable) == null;
  }

  /** The variable of a name, in this block or the nearest one around it. */
  Optional<Variable> find(String name) {
    Optional<Variable> here = Optional.ofNullable(variables.get(name));
    return here.isPresent() || outer == null ? here : outer.find(name);
  }

  /** All variables that may be assigned here, in a fixed order. */
  List<Variable> assignable() {
    List<Variable> all = outer == null ? new ArrayList<>() : outer.assignable();
    variables.values().stream()
        .filter(variable -> variable.mutable)
        .sorted((a, b) -> a.name.compareTo(b.name))
        .forEach(all::add);
    return all;
  }
}
