package dev.axon64.metal.msl;

import java.util.HashMap;
import java.util.Map;

/** A block of names within another. */
final class Scope {
  final Scope outer;
  private final Map<String, Symbol> names = new HashMap<>();
  private String initialised;

  Scope(Scope outer) {
    this.outer = outer;
  }

  Symbol find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Symbol symbol = scope.names.get(name);
      if (symbol != null) {
        return symbol;
      }
    }
    return null;
  }

  /** Notes that a variable was initialised here. */
  void initialise(String name) {
    initialised = initialised == null ? name : initialised;
  }

  /** The first variable that was initialised here; null if there is none. */
  String initialised() {
    return initialised;
  }

  Symbol here(String name) {
    return names.get(name);
  }

  void put(String name, Symbol symbol) {
    names.put(name, symbol);
  }
}
