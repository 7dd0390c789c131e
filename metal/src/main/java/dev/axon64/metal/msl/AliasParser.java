package dev.axon64.metal.msl;

/** Parses {@code typedef} and {@code using}. */
final class AliasParser {
  private final Parsers all;
  private final TokenCursor cursor;

  AliasParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  void parse() {
    Token word = cursor.next();
    if (word.is("typedef")) {
      typedef(word.pos());
    } else if (cursor.take("namespace")) {
      do {
        cursor.name("a namespace");
      } while (cursor.take("::"));
      cursor.expect(";", "after using namespace");
    } else {
      using(word.pos());
    }
  }

  private void typedef(Pos pos) {
    Specifiers specifiers = all.specifiers.parse();
    Declarator declarator = all.declarators.parse(specifiers, true);
    if (declarator.name() == null || specifiers.auto()) {
      throw pos.error("typedef needs a type and a name");
    }
    cursor.scope.put(declarator.name(), new Symbol.TypeName(declarator.type()));
    cursor.expect(";", "after typedef");
  }

  /** Names a type; {@code using metal::name;} says nothing, since those names are known anyway. */
  private void using(Pos pos) {
    String name = cursor.name("an alias");
    if (cursor.take("::")) {
      while (!cursor.take(";")) {
        if (cursor.next().kind() == Token.Kind.END) {
          throw pos.error("';' expected after using");
        }
      }
      return;
    }
    cursor.expect("=", "after the name of an alias");
    cursor.scope.put(name, new Symbol.TypeName(all.types.typeName()));
    cursor.expect(";", "after using");
  }
}
