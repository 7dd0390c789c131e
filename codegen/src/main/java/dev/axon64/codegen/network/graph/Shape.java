package dev.axon64.codegen.network.graph;

/**
 * The shape of a value: a window of steps, each of the same number of columns.
 *
 * @param steps 1 for a plain vector
 * @param width columns of a step
 */
public record Shape(int steps, int width) {
  static final int MOST_STEPS = 1024;
  static final int MOST_WIDTH = 8192;

  /**
   * @throws IllegalArgumentException if a side is not from 1 to its limit
   */
  public Shape {
    if (steps < 1 || steps > MOST_STEPS || width < 1 || width > MOST_WIDTH) {
      throw new IllegalArgumentException(
          "a value of "
              + steps
              + " steps x "
              + width
              + " columns; steps go from 1 to "
              + MOST_STEPS
              + ", columns from 1 to "
              + MOST_WIDTH);
    }
  }

  /** The number of float32 in the value. */
  public int size() {
    return steps * width;
  }

  @Override
  public String toString() {
    return steps + " x " + width;
  }
}
