package dev.axon64.metal.apple;

/**
 * Reads the Objective-C runtime's encoding of a method's type ("Type Encodings" of Apple's runtime
 * guide), such as {@code v40@0:8@16Q24Q32}.
 */
final class MethodTypes {
  private MethodTypes() {}

  /**
   * The letters of the result and of what follows the receiver and the selector: {@code v} nothing,
   * {@code @} an object or address, {@code Q} an integer of 64 bits, {@code B} a truth, <code>{
   * </code> an {@code MTLSize}; anything else is {@code ?}.
   */
  static String of(String encoding) {
    StringBuilder types = new StringBuilder();
    int at = 0;
    while (at < encoding.length()) {
      char c = encoding.charAt(at);
      int end = end(encoding, at);
      if (Character.isDigit(c) || "rnNoORVA".indexOf(c) >= 0) { // offsets and qualifiers
        at++;
        continue;
      }
      types.append(letter(c, encoding.substring(at, end)));
      at = end;
    }
    return types.length() < 3 ? types.toString() : types.charAt(0) + types.substring(3);
  }

  private static char letter(char c, String whole) {
    return switch (c) {
      case '@', '^', '*', '#', ':' -> '@';
      case 'Q', 'q', 'L', 'l' -> 'Q';
      case 'B', 'c' -> 'B';
      case 'v' -> 'v';
      case '{' -> whole.matches("\\{\\??\\w*=QQQ}") ? '{' : '?';
      default -> '?';
    };
  }

  /** Where a type that begins here ends. */
  private static int end(String encoding, int at) {
    char c = encoding.charAt(at);
    if (c == '^') {
      return end(encoding, at + 1);
    }
    if (c == '@' && encoding.startsWith("@\"", at)) {
      return encoding.indexOf('"', at + 2) + 1;
    }
    if (c == '@' && encoding.startsWith("@?", at)) {
      return at + 2;
    }
    if (c != '{') {
      return at + 1;
    }
    int depth = 0;
    int end = at;
    do {
      depth += encoding.charAt(end) == '{' ? 1 : encoding.charAt(end) == '}' ? -1 : 0;
      end++;
    } while (depth > 0);
    return end;
  }
}
