package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of JSON (RFC 8259): UTF-8 only, no duplicate names, no lone surrogates, bounded
 * depth. The caller bounds the size.
 */
final class JsonReader {
  private static final int MOST_DEPTH = 16;
  private static final int LONGEST_NUMBER = 64;

  /** A number, matched possessively so that no text makes it backtrack. */
  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(\\.[0-9]++)?+([eE][-+]?+[0-9]++)?+");

  private static final List<String> WORDS = List.of("true", "false", "null");

  private final String text;
  private final String where;
  private int at;
  private int depth;

  private JsonReader(String text, String where) {
    this.text = text;
    this.where = where;
  }

  /**
   * Reads one value and the white space around it.
   *
   * @throws InputException if the bytes are anything else
   */
  static Json read(ByteBuffer utf8, String where) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(where, "its JSON is not UTF-8; export the file again");
    }
    JsonReader reader = new JsonReader(text, where);
    Json value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.wrong("something follows the value");
    }
    return value;
  }

  private Json value() {
    skipSpace();
    char first = at < text.length() ? text.charAt(at) : ' ';
    if (first == '"') {
      return new Json.Str(string());
    }
    if (first == '-' || isDigit(first)) {
      return number();
    }
    if (first != '{' && first != '[') {
      return word();
    }
    if (++depth > MOST_DEPTH) {
      throw wrong("it is nested more than " + MOST_DEPTH + " deep");
    }
    Json nested = first == '{' ? object() : array();
    depth--;
    return nested;
  }

  private Json word() {
    for (String word : WORDS) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return new Json.Other(word);
      }
    }
    throw wrong("a value is missing");
  }

  private Json object() {
    Map<String, Json> members = new LinkedHashMap<>();
    expect('{');
    if (!accept('}')) {
      do {
        skipSpace();
        String name = string();
        expect(':');
        if (members.put(name, value()) != null) {
          throw wrong("the name " + Shapes.quoted(name) + " is given twice");
        }
      } while (accept(','));
      expect('}');
    }
    return new Json.Obj(members);
  }

  private Json array() {
    List<Json> items = new ArrayList<>(4);
    expect('[');
    if (!accept(']')) {
      do {
        items.add(value());
      } while (accept(','));
      expect(']');
    }
    return new Json.Arr(items);
  }

  private Json number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt() || matcher.end() - at > LONGEST_NUMBER) {
      throw wrong("a number is malformed");
    }
    String number = matcher.group();
    at = matcher.end();
    boolean integer = matcher.group(1) == null && matcher.group(2) == null;
    return integer && number.length() <= 18
        ? new Json.Int(Long.parseLong(number))
        : new Json.Other(number);
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw wrong("a string is missing");
    }
    StringBuilder string = new StringBuilder();
    int start = at + 1;
    for (at = start; at < text.length(); ) {
      char c = text.charAt(at++);
      if (c == '"') {
        requirePairs(string);
        return string.toString();
      }
      if (c < ' ') {
        throw wrong("a string holds a control character");
      }
      string.append(c == '\\' ? escape() : c);
    }
    throw wrong("a string does not end");
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> fourHexDigits();
      default -> throw wrong("a string holds an unknown escape");
    };
  }

  private char fourHexDigits() {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() && text.charAt(at) < 0x80 ? hexDigit(text.charAt(at)) : -1;
      if (digit < 0) {
        throw wrong("an escape lacks its four hexadecimal digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private static int hexDigit(char c) {
    return Character.digit(c, 16);
  }

  private void requirePairs(CharSequence string) {
    boolean lone =
        string
            .codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    if (lone) {
      throw wrong("a string holds half a surrogate pair");
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char c) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong("'" + c + "' is missing");
    }
  }

  private InputException wrong(String what) {
    return new InputException(
        where, "its JSON is damaged at character " + at + ": " + what + "; export the file again");
  }
}
