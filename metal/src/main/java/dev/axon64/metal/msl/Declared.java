package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What a source has declared up to where it is parsed, beside the names in scope. */
final class Declared {
  /** All functions, instances of templates and member functions included. */
  final List<Function> functions = new ArrayList<>();

  /** Constants that need memory, those within functions included. */
  final List<Var> constants = new ArrayList<>();

  /** Threadgroup variables, which stand within functions. */
  final List<Var> shared = new ArrayList<>();

  /** The enumerators and static constants of types, which their names qualify. */
  final Map<Type, Map<String, Expr.Const>> qualified = new IdentityHashMap<>();

  private int unnamed;

  /** A name for a type without one; no source can spell it. */
  String nameFor(String keyword) {
    return keyword + " " + ++unnamed;
  }
}
