package dev.axon64.weights.data;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Examples, column by column, as loops over many examples want them.
 *
 * @param words instruction words
 * @param pcs their addresses
 * @param rows embedding rows
 * @param features by feature, then by example
 * @param byExample the same features, by example, then by feature
 * @param labels kernels
 */
public record Columns(
    int[] words, long[] pcs, int[] rows, float[][] features, float[] byExample, int[] labels) {

  /** What the spec's network reads of these words, and the kernels that the spec wants. */
  public static Columns of(DispatchSpec spec, int[] words, long[] pcs) {
    return of(spec, words, pcs, spec::label);
  }

  /**
   * What the spec's network reads of these words.
   *
   * @param kernels the kernel that a word ought to get
   */
  public static Columns of(DispatchSpec spec, int[] words, long[] pcs, IntUnaryOperator kernels) {
    int count = words.length;
    int[] rows = new int[count];
    int[] labels = new int[count];
    float[][] features = new float[spec.features().size()][count];
    float[] byExample = new float[features.length * count];
    for (int i = 0; i < count; i++) {
      rows[i] = spec.index().extract(words[i], pcs[i]);
      labels[i] = kernels.applyAsInt(words[i]);
    }
    for (int f = 0; f < features.length; f++) {
      Feature feature = spec.features().get(f);
      for (int i = 0; i < count; i++) {
        features[f][i] = feature.value(words[i], pcs[i]);
        byExample[i * features.length + f] = features[f][i];
      }
    }
    return new Columns(words, pcs, rows, features, byExample, labels);
  }

  /** Number of examples. */
  public int size() {
    return words.length;
  }

  /** Some of the examples, in the order in which they are named. */
  public Columns some(int[] examples) {
    int width = features.length;
    float[][] columns = new float[width][examples.length];
    float[] lines = new float[width * examples.length];
    for (int i = 0; i < examples.length; i++) {
      System.arraycopy(byExample, examples[i] * width, lines, i * width, width);
      for (int f = 0; f < width; f++) {
        columns[f][i] = features[f][examples[i]];
      }
    }
    return new Columns(
        IntStream.of(examples).map(i -> words[i]).toArray(),
        IntStream.of(examples).mapToLong(i -> pcs[i]).toArray(),
        IntStream.of(examples).map(i -> rows[i]).toArray(),
        columns,
        lines,
        IntStream.of(examples).map(i -> labels[i]).toArray());
  }
}
