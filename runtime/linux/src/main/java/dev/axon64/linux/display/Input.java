package dev.axon64.linux.display;

/** What somebody in front of a display does. */
public sealed interface Input {
  /**
   * A key goes down or up.
   *
   * @param code number of the key under X, from {@link Keys}
   */
  record Key(int code, boolean down) implements Input {}

  /**
   * A button of the mouse goes down or up.
   *
   * @param number 1 left, 2 middle, 3 right, 4 and 5 the wheel
   */
  record Button(int number, boolean down) implements Input {}

  /** The pointer is at a place of the screen. */
  record Motion(int x, int y) implements Input {}

  /** The window that has the keyboard shall close. */
  record Close() implements Input {}
}
