package dev.axon64.codegen.network;

/**
 * A closed range of reals, in double: wide enough that float32 values and products are exact.
 *
 * @param least lower end
 * @param greatest upper end
 */
record Interval(double least, double greatest) {
  static Interval of(double value) {
    return new Interval(value, value);
  }

  Interval plus(Interval other) {
    return new Interval(least + other.least, greatest + other.greatest);
  }

  Interval times(double factor) {
    double a = least * factor;
    double b = greatest * factor;
    return new Interval(Math.min(a, b), Math.max(a, b));
  }

  Interval rectified() {
    return new Interval(Math.max(least, 0), Math.max(greatest, 0));
  }

  Interval union(Interval other) {
    return new Interval(Math.min(least, other.least), Math.max(greatest, other.greatest));
  }

  double magnitude() {
    return Math.max(Math.abs(least), Math.abs(greatest));
  }
}
