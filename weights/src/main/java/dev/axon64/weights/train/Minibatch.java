package dev.axon64.weights.train;

import dev.axon64.weights.data.Columns;

/** A fixed number of examples in the layout that {@link Backprop} reads. */
final class Minibatch {
  final int size;
  final int[] rows;
  final float[][] features;
  final int[] labels;

  Minibatch(int size, int features) {
    this.size = size;
    this.rows = new int[size];
    this.features = new float[features][size];
    this.labels = new int[size];
  }

  /** Copies one example. */
  void put(int at, Columns from, int example) {
    rows[at] = from.rows()[example];
    labels[at] = from.labels()[example];
    int start = example * features.length;
    for (int f = 0; f < features.length; f++) {
      features[f][at] = from.byExample()[start + f];
    }
  }

  /** Copies {@code size} examples in order, from {@code start}; past the end the last repeats. */
  void putRange(Columns from, int start) {
    int count = Math.min(size, from.size() - start);
    putRange(from, start, count);
    for (int i = count; i < size; i++) {
      put(i, from, start + count - 1);
    }
  }

  /** Copies {@code count} examples in order, from {@code start}, to the front. */
  void putRange(Columns from, int start, int count) {
    System.arraycopy(from.rows(), start, rows, 0, count);
    System.arraycopy(from.labels(), start, labels, 0, count);
    for (int f = 0; f < features.length; f++) {
      System.arraycopy(from.features()[f], start, features[f], 0, count);
    }
  }
}
