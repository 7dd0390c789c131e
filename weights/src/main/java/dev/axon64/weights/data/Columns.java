package dev.axon64.weights.data;

import dev.axon64.codegen.spec.DispatchSpec;
import dev.axon64.codegen.spec.Feature;

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
    int count = words.length;
    int[] rows = new int[count];
    int[] labels = new int[count];
    float[][] features = new float[spec.features().size()][count];
    float[] byExample = new float[features.length * count];
    for (int i = 0; i < count; i++) {
      rows[i] = spec.index().extract(words[i], pcs[i]);
      labels[i] = spec.label(words[i]);
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
}
