package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The declarations by name, and the shared functions made so far. */
public final class Globals {
  private static final Set<String> RESERVED = Set.of("XSP", "Mem", "branch");

  private final Names names;
  private final Map<String, Value> constants = new HashMap<>();
  private final Set<String> computing = new HashSet<>();
  private final Map<String, SharedFunction> shared = new LinkedHashMap<>();

  /** The declaration from which each shared function was made. */
  private final Map<String, Declaration.Function> makers = new HashMap<>();

  /**
   * Collects the declarations of a spec.
   *
   * @throws dev.axon64.codegen.support.InputException if a name is declared twice
   */
  public Globals(List<Declaration> all) {
    Map<String, Declaration> declarations = new LinkedHashMap<>();
    names = Names.of(declarations);
    for (Declaration declaration : all) {
      boolean isReserved =
          RESERVED.contains(declaration.name())
              || Register.BUILT_IN.contains(declaration.name())
                  && !(declaration instanceof Declaration.State);
      if (isReserved || Builtins.has(declaration.name())) {
        throw declaration
            .at()
            .error(declaration.name() + " belongs to the language; choose another name");
      }
      Declaration before = declarations.putIfAbsent(declaration.name(), declaration);
      if (before != null) {
        throw declaration
            .at()
            .error(declaration.name() + " is declared before, at " + before.at() + "; rename one");
      }
    }
  }

  /** Takes declarations that have been checked before. */
  public Globals(Names names) {
    this.names = names;
  }

  /** All declarations. */
  public Names names() {
    return names;
  }

  /** The declaration of a name. */
  public Optional<Declaration> find(String name) {
    return names.find(name);
  }

  /** The declaration of a name, if it is of that kind. */
  <T extends Declaration> Optional<T> find(String name, Class<T> kind) {
    return find(name).filter(kind::isInstance).map(kind::cast);
  }

  /** A constant's value, computed once. */
  Value constant(Declaration.Constant constant) {
    Value known = constants.get(constant.name());
    if (known == null) {
      if (!computing.add(constant.name())) {
        throw constant
            .at()
            .error("constant " + constant.name() + " depends on itself; give one of them a number");
      }
      Value value = new Expressions(new Context(this)).value(constant.value());
      known = Value.number(value.asNumber(constant.value().at()));
      constants.put(constant.name(), known);
    }
    return known;
  }

  /** The shared functions made so far, callees before callers. */
  public List<SharedFunction> functions() {
    return List.copyOf(shared.values());
  }

  /** The shared function made before under a name. */
  Optional<SharedFunction> made(String name, Declaration.Function from) {
    Declaration.Function before = makers.get(name);
    if (before != null && before != from) {
      throw from.at()
          .error(
              String.format(
                  "%s and %s (%s) would both be generated as %s; rename one",
                  from.name(), before.name(), before.at(), name));
    }
    return Optional.ofNullable(shared.get(name));
  }

  void add(SharedFunction made, Declaration.Function from) {
    makers.put(made.name(), from);
    shared.put(made.name(), made);
  }
}
