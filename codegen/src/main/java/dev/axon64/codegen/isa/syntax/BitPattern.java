package dev.axon64.codegen.isa.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The {@code bits} line: runs of 0 and 1, fields, and {@code -}. */
final class BitPattern {
  private int mask;
  private int value;
  private int left = Integer.SIZE;
  private final List<Field> fields = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private BitPattern() {}

  /** Reads up to the semicolon. */
  static BitPattern parse(Tokens tokens, Position at) {
    BitPattern pattern = new BitPattern();
    while (!tokens.at(";")) {
      pattern.part(tokens);
    }
    if (pattern.left != 0) {
      throw at.error(
          "bits gives "
              + (Integer.SIZE - pattern.left)
              + " bits; a word has 32, so add or remove some");
    }
    return pattern;
  }

  int mask() {
    return mask;
  }

  int value() {
    return value;
  }

  List<Field> fields() {
    return fields;
  }

  private void part(Tokens tokens) {
    Token token = tokens.next();
    switch (token.kind()) {
      case NUMBER -> literal(token);
      case NAME -> field(token, tokens);
      default -> {
        if (!token.is("-")) {
          throw token.at().error(token.shown() + " is no part of bits; write 0, 1, - or a field");
        }
        take(1, token.at());
      }
    }
  }

  private void literal(Token token) {
    for (char c : token.text().toCharArray()) {
      if (c != '0' && c != '1') {
        throw token
            .at()
            .error("'" + token.text() + "' has digits other than 0 and 1; give bits in binary");
      }
      take(1, token.at());
      mask |= 1 << left;
      value |= (c - '0') << left;
    }
  }

  private void field(Token token, Tokens tokens) {
    long width = 1;
    if (tokens.accept(":")) {
      width = Tokens.number(tokens.expect(Token.Kind.NUMBER, "the field's width"));
    }
    if (width < 1 || width > Integer.SIZE) {
      throw token.at().error("field " + token.text() + " is " + width + " bits wide; give 1 to 32");
    }
    if (!names.add(token.text())) {
      throw token.at().error("field " + token.text() + " comes twice; name its parts apart");
    }
    take((int) width, token.at());
    fields.add(new Field(token.text(), left, (int) width));
  }

  private void take(int bits, Position at) {
    left -= bits;
    if (left < 0) {
      throw at.error("bits gives more than 32 bits from here on; remove some");
    }
  }
}
