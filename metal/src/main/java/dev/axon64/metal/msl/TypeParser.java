package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses types. */
final class TypeParser {
  private static final Set<String> NAMESPACES = Set.of("metal", "fast", "precise", "simd", "std");

  private final Parsers all;
  private final TokenCursor cursor;

  TypeParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** True before the name of a library namespace and {@code ::}. */
  boolean atNamespace() {
    return cursor.peek().isName()
        && cursor.peek(1).is("::")
        && NAMESPACES.contains(cursor.peek().text());
  }

  void skipNamespaces() {
    cursor.take("::");
    while (atNamespace()) {
      cursor.at += 2;
    }
  }

  /** True if a type begins here, or the specifiers of one. */
  boolean startsType() {
    int save = cursor.at;
    skipNamespaces();
    Token token = cursor.peek();
    cursor.at = save;
    if (!token.isName()) {
      return false;
    }
    Symbol symbol = cursor.scope.find(token.text());
    if (symbol != null) {
      return symbol instanceof Symbol.TypeName || symbol instanceof Symbol.StructTemplate;
    }
    return SpecifierParser.isWord(token)
        || TypeNames.named(token.text()) != null
        || TypeNames.refusal(token.text()) != null
        || token.is("atomic")
        || token.is("vec");
  }

  /** A type given by one name, with its template arguments, or by its definition. */
  Type simpleType() {
    skipNamespaces();
    Token token = cursor.next();
    Symbol symbol = cursor.scope.find(token.text());
    if (symbol instanceof Symbol.TypeName name) {
      return name.type();
    }
    if (symbol instanceof Symbol.StructTemplate template) {
      return all.templates.struct(template);
    }
    return switch (token.text()) {
      case "struct", "class", "union" -> all.records.record(token.text());
      case "enum" -> all.enums.enumeration();
      case "atomic" -> atomic(token);
      case "vec" -> vec(token);
      default -> builtin(token);
    };
  }

  private Type atomic(Token token) {
    Type element = angleType();
    if (!(element instanceof Scalar s)) {
      throw token.pos().error("atomic<" + element + "> is not supported");
    }
    return new AtomicType(s);
  }

  private static Type builtin(Token token) {
    String refusal = TypeNames.refusal(token.text());
    if (refusal != null) {
      throw token.pos().error(refusal);
    }
    Type type = TypeNames.named(token.text());
    if (type == null) {
      throw token.pos().error("'" + token.text() + "' is not a type that is known here");
    }
    return type;
  }

  private Type vec(Token token) {
    cursor.expect("<", "after vec");
    Type element = typeName();
    cursor.expect(",", "between the arguments of vec");
    long count = all.expressions.templateValue();
    cursor.expectCloseAngle();
    if (!(element instanceof Scalar s) || count < 2 || count > 4) {
      throw token.pos().error("vec takes a scalar type and a count of 2, 3 or 4");
    }
    return VectorType.of(s, (int) count);
  }

  /** A type without a name, as in a cast. */
  Type typeName() {
    Specifiers specifiers = all.specifiers.parse();
    if (specifiers.auto()) {
      throw specifiers.pos().error("auto cannot stand here");
    }
    Declarator declarator = all.declarators.parse(specifiers, false);
    if (declarator.reference()) {
      throw specifiers.pos().error("a reference type cannot stand here; use a pointer");
    }
    return declarator.type();
  }

  /** A type between angles. */
  Type angleType() {
    cursor.expect("<", "before a type argument");
    Type type = typeName();
    cursor.expectCloseAngle();
    return type;
  }

  /** Types and integer constants between angles. */
  List<Object> templateArguments() {
    cursor.expect("<", "before template arguments");
    List<Object> arguments = new ArrayList<>();
    while (!cursor.peek().text().startsWith(">")) {
      arguments.add(startsType() ? typeName() : (Object) all.expressions.templateValue());
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expectCloseAngle();
    return arguments;
  }
}
