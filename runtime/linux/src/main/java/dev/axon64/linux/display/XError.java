package dev.axon64.linux.display;

/** A request that cannot be answered, as the protocol tells it. */
final class XError extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final int REQUEST = 1;
  static final int VALUE = 2;
  static final int WINDOW = 3;
  static final int PIXMAP = 4;
  static final int ATOM = 5;
  static final int CURSOR = 6;
  static final int FONT = 7;
  static final int MATCH = 8;
  static final int DRAWABLE = 9;
  static final int ACCESS = 10;
  static final int ALLOC = 11;
  static final int COLORMAP = 12;
  static final int GC = 13;
  static final int ID_CHOICE = 14;
  static final int NAME = 15;
  static final int LENGTH = 16;
  static final int IMPLEMENTATION = 17;

  final int code;
  final int value;

  /**
   * An error.
   *
   * @param value the id or number that is wrong; 0 for none
   */
  XError(int code, int value) {
    super("X error " + code, null, false, false);
    this.code = code;
    this.value = value;
  }
}
