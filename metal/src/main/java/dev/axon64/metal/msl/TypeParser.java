package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses types and declarators. */
abstract class TypeParser extends TokenCursor {
  private static final Set<String> QUALIFIERS =
      Set.of(
          "const",
          "volatile",
          "restrict",
          "__restrict",
          "__restrict__",
          "static",
          "inline",
          "constexpr",
          "extern",
          "thread",
          "device",
          "constant",
          "threadgroup",
          "signed",
          "unsigned",
          "typename",
          "struct",
          "class",
          "union",
          "enum",
          "auto",
          "METAL_FUNC",
          "METAL_CONST",
          "coherent",
          "threadgroup_imageblock",
          "ray_data",
          "object_data");
  private static final Set<String> NAMESPACES = Set.of("metal", "fast", "precise", "simd", "std");

  /** The largest object of any kind. */
  static final long MOST_BYTES = 1L << 30;

  TypeParser(List<Token> tokens) {
    super(tokens);
  }

  /** What stands before the declarators of a declaration. */
  record Specifiers(
      Type type, Space space, boolean isConst, boolean constexpr, boolean auto, Pos pos) {}

  /** One declared name; {@code name} is null if there is none. */
  record Declarator(
      String name,
      Type type,
      Space space,
      boolean isConst,
      boolean reference,
      boolean openArray,
      Pos pos) {}

  abstract Expr expression();

  abstract Expr assignment();

  abstract Type structOrEnum(String keyword);

  abstract Type structInstance(Symbol.StructTemplate template);

  boolean atNamespace() {
    return peek().isName() && peek(1).is("::") && NAMESPACES.contains(peek().text());
  }

  void skipNamespaces() {
    take("::");
    while (atNamespace()) {
      at += 2;
    }
  }

  /** True if a type begins here. */
  boolean startsType() {
    int save = at;
    skipNamespaces();
    Token token = peek();
    at = save;
    if (!token.isName()) {
      return false;
    }
    Symbol symbol = scope.find(token.text());
    if (symbol != null) {
      return symbol instanceof Symbol.TypeName || symbol instanceof Symbol.StructTemplate;
    }
    return QUALIFIERS.contains(token.text())
        || TypeNames.named(token.text()) != null
        || TypeNames.refusal(token.text()) != null
        || token.is("atomic")
        || token.is("vec");
  }

  Specifiers specifiers() {
    Pos pos = peek().pos();
    Type type = null;
    Space space = null;
    boolean isConst = false;
    boolean constexpr = false;
    boolean auto = false;
    int longs = 0;
    Boolean unsigned = null;
    while (true) {
      skipAttributes();
      Token token = peek();
      Space named = space(token);
      if (named != null) {
        space = named;
        next();
      } else if (token.is("const") || token.is("constexpr") || token.is("METAL_CONST")) {
        isConst = true;
        constexpr |= token.is("constexpr");
        next();
      } else if (token.is("signed") || token.is("unsigned")) {
        unsigned = token.is("unsigned");
        next();
      } else if (token.is("long") && (type == null || type == Scalar.INT) && longs < 2) {
        longs++;
        next();
      } else if (token.is("auto")) {
        auto = true;
        next();
      } else if (token.is("threadgroup_imageblock")
          || token.is("ray_data")
          || token.is("object_data")) {
        throw token
            .pos()
            .error(
                token.text()
                    + " is not supported; device, constant, thread and"
                    + " threadgroup are");
      } else if (isIgnorable(token)) {
        next();
      } else if (type == null && !auto && longs == 0 && startsType() && !mustBeInt(unsigned)) {
        type = simpleType();
      } else if ((longs > 0 || unsigned != null) && type == null && takesWord(token)) {
        type = TypeNames.named(next().text());
      } else {
        break;
      }
    }
    type = combine(type, longs, unsigned, pos);
    if (type == null && !auto) {
      throw error("a type expected, not " + peek().describe());
    }
    return new Specifiers(type, space, isConst, constexpr, auto, pos);
  }

  private boolean mustBeInt(Boolean unsigned) {
    return unsigned != null;
  }

  private static boolean takesWord(Token token) {
    return token.is("int") || token.is("char") || token.is("short");
  }

  private static boolean isIgnorable(Token token) {
    return token.is("volatile")
        || token.is("restrict")
        || token.is("__restrict")
        || token.is("__restrict__")
        || token.is("static")
        || token.is("inline")
        || token.is("extern")
        || token.is("typename")
        || token.is("coherent")
        || token.is("METAL_FUNC");
  }

  private static Type combine(Type type, int longs, Boolean unsigned, Pos pos) {
    if (longs == 0 && unsigned == null) {
      return type;
    }
    if (type != null && !(type instanceof Scalar s && s.isInteger() && s != Scalar.BOOL)) {
      throw pos.error("signed, unsigned and long combine with integer types only");
    }
    Scalar base = longs > 0 ? Scalar.LONG : type == null ? Scalar.INT : (Scalar) type;
    return Boolean.TRUE.equals(unsigned) ? base.unsigned() : base;
  }

  static Space space(Token token) {
    if (!token.isName()) {
      return null;
    }
    return switch (token.text()) {
      case "device" -> Space.DEVICE;
      case "constant" -> Space.CONSTANT;
      case "thread" -> Space.THREAD;
      case "threadgroup" -> Space.THREADGROUP;
      default -> null;
    };
  }

  private Type simpleType() {
    skipNamespaces();
    Token token = next();
    Symbol symbol = scope.find(token.text());
    if (symbol instanceof Symbol.TypeName name) {
      return name.type();
    }
    if (symbol instanceof Symbol.StructTemplate template) {
      return structInstance(template);
    }
    switch (token.text()) {
      case "struct", "class", "union", "enum" -> {
        return structOrEnum(token.text());
      }
      case "atomic" -> {
        expect("<", "after atomic");
        Type element = typeName();
        expectCloseAngle();
        if (!(element instanceof Scalar s)) {
          throw token.pos().error("atomic<" + element + "> is not supported");
        }
        return new AtomicType(s);
      }
      case "vec" -> {
        return vec(token);
      }
      default -> {
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
    }
  }

  private Type vec(Token token) {
    expect("<", "after vec");
    Type element = typeName();
    expect(",", "between the arguments of vec");
    long count = templateValue();
    expectCloseAngle();
    if (!(element instanceof Scalar s) || count < 2 || count > 4) {
      throw token.pos().error("vec takes a scalar type and a count of 2, 3 or 4");
    }
    return VectorType.of(s, (int) count);
  }

  /** A constant among template arguments, where '>' ends the expression. */
  abstract long templateValue();

  /** A type without a name, as in a cast. */
  Type typeName() {
    Specifiers specifiers = specifiers();
    if (specifiers.auto()) {
      throw specifiers.pos().error("auto cannot stand here");
    }
    Declarator declarator = declarator(specifiers, specifiers.type(), false);
    if (declarator.reference()) {
      throw specifiers.pos().error("a reference type cannot stand here; use a pointer");
    }
    return declarator.type();
  }

  /** One declarator after its specifiers. */
  Declarator declarator(Specifiers specifiers, Type base, boolean named) {
    Type type = base;
    Space space = specifiers.space();
    boolean isConst = specifiers.isConst();
    boolean reference = false;
    Space inner = space;
    boolean innerConst = isConst;
    while (true) {
      skipAttributes();
      if (sees("*") || sees("&") || sees("&&")) {
        if (reference) {
          throw error("a pointer or reference to a reference is not a type");
        }
        Token token = next();
        if (token.is("&&")) {
          throw token.pos().error("rvalue references are not supported; use &");
        }
        reference = token.is("&");
        if (!reference) {
          named(type, token.pos());
          type = new PointerType(type, inner == null ? Space.THREAD : inner, innerConst);
          inner = null;
          innerConst = false;
        }
      } else if (space(peek()) != null) {
        inner = space(next());
      } else if (sees("const")) {
        next();
        innerConst = true;
      } else if (isIgnorable(peek())) {
        next();
      } else {
        break;
      }
    }
    String parenthesised = null;
    Pos pos = peek().pos();
    String name = null;
    if (sees("(") && (peek(1).is("&") || peek(1).is("*")) && peek(2).isName() && peek(3).is(")")) {
      next();
      parenthesised = next().text();
      name = name("a variable");
      next();
    } else if (peek().isName() && named) {
      name = name("a variable");
    }
    skipPlainAttributes();
    boolean open = sees("[") && peek(1).is("]");
    type = arrays(type);
    if (parenthesised != null && parenthesised.equals("&")) {
      reference = true;
    } else if (parenthesised != null) {
      type = new PointerType(type, inner == null ? Space.THREAD : inner, innerConst);
      inner = null;
      innerConst = false;
    }
    return new Declarator(name, type, inner, innerConst, reference, open, pos);
  }

  private static void named(Type type, Pos pos) {
    if (type == null) {
      throw pos.error("auto combines with neither * nor []; name the type");
    }
  }

  /** Attributes that say nothing here; kernel parameters read theirs themselves. */
  void skipPlainAttributes() {
    if (sees("__attribute__")) {
      skipAttributes();
    }
  }

  private Type arrays(Type element) {
    List<Integer> dimensions = new ArrayList<>();
    Pos pos = peek().pos();
    while (sees("[") && !peek(1).is("[")) {
      next();
      if (sees("]")) {
        if (!dimensions.isEmpty()) {
          throw error("only the first dimension of an array can be left out");
        }
        dimensions.add(0);
      } else {
        dimensions.add((int) Math.min(Integer.MAX_VALUE, dimension()));
      }
      expect("]", "after an array size");
    }
    Type type = element;
    if (!dimensions.isEmpty()) {
      named(type, pos);
    }
    for (int i = dimensions.size() - 1; i >= 0; i--) {
      if (type == VoidType.VOID) {
        throw pos.error("an array of void is not a type");
      }
      Operators.sizeOf(type, pos);
      ArrayType array = new ArrayType(type, dimensions.get(i));
      if (dimensions.get(i) > 0 && type.size() > MOST_BYTES / dimensions.get(i)) {
        throw pos.error("an array of over " + MOST_BYTES + " bytes; make it smaller");
      }
      type = array;
    }
    return type;
  }

  private long dimension() {
    Pos pos = peek().pos();
    long count = constant("an array size");
    if (count < 1 || count > MOST_BYTES) {
      throw pos.error("an array size of " + count + " is not between 1 and " + MOST_BYTES);
    }
    return count;
  }

  /** An integer constant expression. */
  long constant(String what) {
    Pos pos = peek().pos();
    Expr value = Checker.value(assignment());
    if (value instanceof Expr.Const c && c.type().isScalar() && c.type().scalar().isInteger()) {
      return c.bits();
    }
    throw pos.error(what + " must be an integer constant known when compiling");
  }
}
