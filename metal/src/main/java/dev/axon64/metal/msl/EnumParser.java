package dev.axon64.metal.msl;

import java.util.HashMap;
import java.util.Map;

/** Parses enumerations. */
final class EnumParser {
  private final Parsers all;
  private final TokenCursor cursor;

  EnumParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** Parses an enumeration from behind its keyword on: a use of its name or a definition. */
  EnumType enumeration() {
    Pos pos = cursor.peek().pos();
    boolean scoped = cursor.take("class") || cursor.take("struct");
    String name = cursor.peek().isName() ? cursor.next().text() : all.declared.nameFor("enum");
    Scalar underlying = Scalar.INT;
    if (cursor.take(":")) {
      if (!(all.types.typeName() instanceof Scalar s) || s.isFloat() || s == Scalar.BOOL) {
        throw pos.error("the underlying type of an enumeration must be an integer type");
      }
      underlying = s;
    }
    if (!cursor.sees("{")) {
      if (cursor.scope.find(name) instanceof Symbol.TypeName t
          && t.type() instanceof EnumType known) {
        return known;
      }
      return declare(name, underlying, scoped);
    }
    EnumType type = declare(name, underlying, scoped);
    enumerators(type);
    return type;
  }

  private EnumType declare(String name, Scalar underlying, boolean scoped) {
    EnumType type = new EnumType(name, underlying, scoped);
    cursor.scope.put(name, new Symbol.TypeName(type));
    return type;
  }

  private void enumerators(EnumType type) {
    cursor.expect("{", "before the enumerators");
    Map<String, Expr.Const> members = new HashMap<>();
    all.declared.qualified.put(type, members);
    long value = 0;
    while (!cursor.sees("}")) {
      Pos pos = cursor.peek().pos();
      String name = cursor.name("an enumerator");
      cursor.skipAttributes();
      if (cursor.take("=")) {
        value = all.expressions.constant("the value of an enumerator");
      }
      long bits = ScalarMath.normalise(type.underlying(), value++);
      Expr.Const constant = new Expr.Const(type, bits, pos);
      members.put(name, constant);
      if (!type.scoped()) {
        cursor.scope.put(name, new Symbol.Enumerator(constant));
      }
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expect("}", "after the enumerators");
  }
}
