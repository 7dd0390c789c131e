package dev.axon64.propose.companion;

/**
 * A guess about which bulk operation a loop performs. Registers are 0 to 30, or 31 for SP; where
 * the kind has no such operand, the number means nothing.
 *
 * @param kind which operation
 * @param destination register with the destination or the first operand
 * @param source register with the source or the second operand
 * @param length register with the length or the end
 * @param elementBytes 1, 2, 4, 8 or 16
 * @param direction of the addresses
 * @param begin index in the window of the loop's first instruction
 * @param end index in the window of its last
 */
public record PatternProposal(
    Kind kind,
    int destination,
    int source,
    int length,
    int elementBytes,
    Direction direction,
    int begin,
    int end) {

  /** Operations, in the order of the pattern recognizer's output. */
  public enum Kind {
    NONE,
    MEMSET,
    MEMCPY,
    MEMMOVE_BACKWARDS,
    MEMCMP,
    MEMCHR,
    STRLEN,
    STRCPY,
    STRCMP,
    SUM,
    XOR,
    CRC
  }

  /** Where the addresses go, in the order of the pattern recognizer's output. */
  public enum Direction {
    UPWARDS,
    DOWNWARDS,
    UNKNOWN
  }

  /** The same but for the operation and its operands. */
  PatternProposal with(Kind other, int newDestination, int newSource) {
    return new PatternProposal(
        other, newDestination, newSource, length, elementBytes, direction, begin, end);
  }
}
