package dev.axon64.codegen.isa.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a block; those around it can be seen and assigned. */
final class Scope {
  /** What a name stands for now. */
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

  /** Adds a name; one of an outer block is hidden. Says whether it was new in this block. */
  boolean add(Variable variable) {
    return variables.put(variable.name, variable) == null;
  }

  /** Of a name, or null. */
  Variable find(String name) {
    Variable variable = variables.get(name);
    return variable != null || outer == null ? variable : outer.find(name);
  }

  /** Everything that could be assigned here, in a fixed order. */
  List<Variable> assignable() {
    List<Variable> all = outer == null ? new ArrayList<>() : outer.assignable();
    variables.values().stream()
        .filter(variable -> variable.mutable)
        .sorted((a, b) -> a.name.compareTo(b.name))
        .forEach(all::add);
    return all;
  }
}
