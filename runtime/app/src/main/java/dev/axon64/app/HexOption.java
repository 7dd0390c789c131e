package dev.axon64.app;

import dev.axon64.codegen.support.InputException;

/** Hexadecimal numbers on the command line. */
final class HexOption {
  private HexOption() {}

  /**
   * Reads one.
   *
   * @param option its name, for the message
   * @param text up to 16 digits, with or without {@code 0x}
   */
  static long value(String option, String text) {
    try {
      return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
    } catch (NumberFormatException e) {
      throw new InputException(option + " " + text, "is no hexadecimal number");
    }
  }
}
