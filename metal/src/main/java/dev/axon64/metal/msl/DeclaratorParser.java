package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Parses declarators: pointers, references, a name, the sizes of an array. */
final class DeclaratorParser {
  /** The largest object of any kind. */
  static final long MOST_BYTES = 1L << 30;

  private final Parsers all;
  private final TokenCursor cursor;

  DeclaratorParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** The type as read so far, from the left. */
  private static final class Reading {
    Type type;
    Space space;
    boolean isConst;
    boolean reference;

    Reading(Specifiers specifiers) {
      type = specifiers.type();
      space = specifiers.space();
      isConst = specifiers.isConst();
    }

    void pointer() {
      type = new PointerType(type, space == null ? Space.THREAD : space, isConst);
      space = null;
      isConst = false;
    }
  }

  /**
   * Parses one declarator.
   *
   * @param named false where a type stands without a name, as in a cast
   */
  Declarator parse(Specifiers specifiers, boolean named) {
    Reading reading = new Reading(specifiers);
    do {
      cursor.skipAttributes();
    } while (takesSign(reading) || takesQualifier(reading));
    Pos pos = cursor.peek().pos();
    Token sign = null;
    String name = null;
    if (startsParenthesised()) {
      cursor.next();
      sign = cursor.next();
      name = cursor.name("a variable");
      cursor.next();
    } else if (cursor.peek().isName() && named) {
      name = cursor.name("a variable");
    }
    // Attributes in brackets stay: kernel parameters read theirs themselves.
    if (cursor.sees("__attribute__")) {
      cursor.skipAttributes();
    }
    boolean open = cursor.sees("[") && cursor.peek(1).is("]");
    reading.type = arrays(reading.type);
    if (sign != null && sign.is("&")) {
      reading.reference = true;
    } else if (sign != null) {
      reading.pointer();
    }
    return new Declarator(
        name, reading.type, reading.space, reading.isConst, reading.reference, open, pos);
  }

  private boolean takesSign(Reading reading) {
    if (!cursor.sees("*") && !cursor.sees("&") && !cursor.sees("&&")) {
      return false;
    }
    if (reading.reference) {
      throw cursor.error("a pointer or reference to a reference is not a type");
    }
    Token token = cursor.next();
    if (token.is("&&")) {
      throw token.pos().error("rvalue references are not supported; use &");
    }
    reading.reference = token.is("&");
    if (!reading.reference) {
      requireNamed(reading.type, token.pos());
      reading.pointer();
    }
    return true;
  }

  private boolean takesQualifier(Reading reading) {
    Token token = cursor.peek();
    if (SpecifierParser.space(token) != null) {
      reading.space = SpecifierParser.space(token);
    } else if (token.is("const")) {
      reading.isConst = true;
    } else if (!SpecifierParser.isIgnored(token)) {
      return false;
    }
    cursor.next();
    return true;
  }

  /** True before {@code (&name)} or {@code (*name)}. */
  private boolean startsParenthesised() {
    return cursor.sees("(")
        && (cursor.peek(1).is("&") || cursor.peek(1).is("*"))
        && cursor.peek(2).isName()
        && cursor.peek(3).is(")");
  }

  private static void requireNamed(Type type, Pos pos) {
    if (type == null) {
      throw pos.error("auto combines with neither * nor []; name the type");
    }
  }

  private Type arrays(Type element) {
    Pos pos = cursor.peek().pos();
    List<Integer> dimensions = dimensions();
    if (!dimensions.isEmpty()) {
      requireNamed(element, pos);
    }
    Type type = element;
    for (int count : dimensions.reversed()) {
      type = array(type, count, pos);
    }
    return type;
  }

  private List<Integer> dimensions() {
    List<Integer> dimensions = new ArrayList<>();
    while (cursor.sees("[") && !cursor.peek(1).is("[")) {
      cursor.next();
      if (cursor.sees("]")) {
        if (!dimensions.isEmpty()) {
          throw cursor.error("only the first dimension of an array can be left out");
        }
        dimensions.add(0);
      } else {
        dimensions.add((int) Math.min(Integer.MAX_VALUE, dimension()));
      }
      cursor.expect("]", "after an array size");
    }
    return dimensions;
  }

  private static ArrayType array(Type element, int count, Pos pos) {
    if (element == VoidType.VOID) {
      throw pos.error("an array of void is not a type");
    }
    Pointers.sizeOf(element, pos);
    if (count > 0 && element.size() > MOST_BYTES / count) {
      throw pos.error("an array of over " + MOST_BYTES + " bytes; make it smaller");
    }
    return new ArrayType(element, count);
  }

  private long dimension() {
    Pos pos = cursor.peek().pos();
    long count = all.expressions.constant("an array size");
    if (count < 1 || count > MOST_BYTES) {
      throw pos.error("an array size of " + count + " is not between 1 and " + MOST_BYTES);
    }
    return count;
  }
}
