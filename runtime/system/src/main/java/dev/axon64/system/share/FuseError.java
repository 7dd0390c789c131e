package dev.axon64.system.share;

/** An answer that says no, with a number of Linux's. No stack trace. */
final class FuseError extends Exception {
  static final int NO_ENTRY = 2;
  static final int IO = 5;
  static final int BAD_HANDLE = 9;
  static final int ACCESS = 13;
  static final int NOT_A_FOLDER = 20;
  static final int IS_A_FOLDER = 21;
  static final int INVALID = 22;
  static final int TOO_MANY = 24;
  static final int READ_ONLY = 30;
  static final int NOT_KNOWN = 38;

  private static final long serialVersionUID = 1L;

  final int number;

  FuseError(int number) {
    super(null, null, false, false);
    this.number = number;
  }
}
