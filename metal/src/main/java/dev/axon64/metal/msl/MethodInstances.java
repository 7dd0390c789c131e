package dev.axon64.metal.msl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parses member functions anew for each kind of pointer that {@code this} is. */
final class MethodInstances {
  private final Parsers all;
  private final TokenCursor cursor;
  private final Map<Key, Function> instances = new HashMap<>();

  /** A member function: the {@code index}th of its name, with {@code self} as its object. */
  private record Key(StructType struct, String name, int index, PointerType self) {}

  MethodInstances(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** The member function of so many arguments, for an object given by a pointer. */
  Function method(StructType struct, String name, Expr object, int count, Pos pos) {
    List<TokenSlice> slices = struct.methods().get(name);
    if (slices == null) {
      throw pos.error("struct '%s' has no function '%s'".formatted(struct, name));
    }
    PointerType self = (PointerType) object.type();
    for (int i = 0; i < slices.size(); i++) {
      Key key = new Key(struct, name, i, self);
      Function known = instances.get(key);
      if (known == null) {
        all.templates.countInstance(pos);
        known = all.templates.within(slices.get(i), () -> instance(struct, self, pos));
        instances.put(key, known);
      }
      if (known.declaredParameters().size() == count + 1) {
        return known;
      }
    }
    throw pos.error("no '%s' of '%s' takes %d arguments".formatted(name, struct, count));
  }

  private Function instance(StructType struct, PointerType selfType, Pos pos) {
    cursor.scope = new Scope(struct.scope());
    Declarator d = all.declarators.parse(all.specifiers.parse(), true);
    cursor.openScope();
    ParameterParser.Parameters parameters = all.parameters.parse(false);
    while (cursor.sees("const") || SpecifierParser.space(cursor.peek()) != null) {
      cursor.next();
    }
    if (d.reference()) {
      throw pos.error("member functions that return references are not supported");
    }
    Var self = new Var("this", selfType, Space.THREAD, true, false, pos);
    parameters.vars().add(0, self);
    parameters.defaults().add(0, null);
    Function function =
        new Function(
            struct + "::" + d.name(),
            d.type() instanceof VectorType v ? v.unpacked() : d.type(),
            parameters,
            false,
            d.pos());
    all.declared.functions.add(function);
    function.define(parameters.vars(), all.functions.body(function, self));
    cursor.closeScope();
    return function;
  }
}
