package dev.axon64.metal.msl;

import java.util.Set;

/** Parses what stands before declarators: a type, an address space and qualifiers, in any order. */
final class SpecifierParser {
  /** Words without a meaning here. */
  private static final Set<String> IGNORED =
      Set.of(
          "volatile",
          "restrict",
          "__restrict",
          "__restrict__",
          "static",
          "inline",
          "extern",
          "typename",
          "coherent",
          "METAL_FUNC");

  private static final Set<String> CONST = Set.of("const", "constexpr", "METAL_CONST");
  private static final Set<String> OTHER_SPACES =
      Set.of("threadgroup_imageblock", "ray_data", "object_data");
  private static final Set<String> OTHER_WORDS =
      Set.of("signed", "unsigned", "struct", "class", "union", "enum", "auto");

  private final Parsers all;
  private final TokenCursor cursor;

  SpecifierParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** The words met so far. */
  private static final class Words {
    Type type;
    Space space;
    boolean isConst;
    boolean auto;
    int longs;
    Boolean unsigned;
  }

  /** True for the words that specifiers can begin with, beside names of types. */
  static boolean isWord(Token token) {
    return space(token) != null
        || isIgnored(token)
        || isOneOf(CONST, token)
        || isOneOf(OTHER_SPACES, token)
        || isOneOf(OTHER_WORDS, token);
  }

  static boolean isIgnored(Token token) {
    return isOneOf(IGNORED, token);
  }

  private static boolean isOneOf(Set<String> words, Token token) {
    return token.isName() && words.contains(token.text());
  }

  /** The address space that a token names, or null. */
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

  Specifiers parse() {
    Pos pos = cursor.peek().pos();
    Words words = new Words();
    do {
      cursor.skipAttributes();
    } while (takesWord(words) || takesType(words));
    Type type = combine(words, pos);
    if (type == null && !words.auto) {
      throw cursor.error("a type expected, not " + cursor.peek().describe());
    }
    return new Specifiers(type, words.space, words.isConst, words.auto, pos);
  }

  private boolean takesWord(Words words) {
    Token token = cursor.peek();
    if (space(token) != null) {
      words.space = space(token);
    } else if (isOneOf(CONST, token)) {
      words.isConst = true;
    } else if (token.is("signed") || token.is("unsigned")) {
      words.unsigned = token.is("unsigned");
    } else if (token.is("long")
        && (words.type == null || words.type == Scalar.INT)
        && words.longs < 2) {
      words.longs++;
    } else if (token.is("auto")) {
      words.auto = true;
    } else if (isOneOf(OTHER_SPACES, token)) {
      throw token
          .pos()
          .error(token.text() + " is not supported; device, constant, thread and threadgroup are");
    } else if (!isIgnored(token)) {
      return false;
    }
    cursor.next();
    return true;
  }

  private boolean takesType(Words words) {
    if (words.type != null) {
      return false;
    }
    if (words.longs > 0 || words.unsigned != null) {
      Token token = cursor.peek();
      if (!token.is("int") && !token.is("char") && !token.is("short")) {
        return false;
      }
      words.type = TypeNames.named(cursor.next().text());
      return true;
    }
    if (words.auto || !all.types.startsType()) {
      return false;
    }
    words.type = all.types.simpleType();
    return true;
  }

  private static Type combine(Words words, Pos pos) {
    Type type = words.type;
    if (words.longs == 0 && words.unsigned == null) {
      return type;
    }
    if (type != null && !(type instanceof Scalar s && s.isInteger() && s != Scalar.BOOL)) {
      throw pos.error("signed, unsigned and long combine with integer types only");
    }
    Scalar base = words.longs > 0 ? Scalar.LONG : type == null ? Scalar.INT : (Scalar) type;
    return Boolean.TRUE.equals(words.unsigned) ? base.unsigned() : base;
  }
}
