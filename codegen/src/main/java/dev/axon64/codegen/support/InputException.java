package dev.axon64.codegen.support;

/**
 * Input from outside that cannot be used. The message is one line for a person: where, what, and
 * what to do. The command line prints it without a stack trace and exits with status 2.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where a file, or {@code file:line} or {@code file:line:column}
   * @param what what is wrong and what to do about it, without a full stop
   */
  public InputException(String where, String what) {
    super(oneLine(where + ": " + what));
  }

  /** Makes the same error with a cause, which is shown with {@code --verbose}. */
  public InputException(String where, String what, Throwable cause) {
    super(oneLine(where + ": " + what), cause);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.chars()
        .limit(MOST_CHARACTERS)
        .forEach(c -> line.append(c < ' ' || c == 0x7f ? '?' : (char) c));
    return line.toString();
  }

  /** Input may be quoted in a message, and input may be long. */
  private static final int MOST_CHARACTERS = 1000;
}
