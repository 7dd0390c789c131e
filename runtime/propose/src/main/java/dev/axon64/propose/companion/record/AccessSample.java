package dev.axon64.propose.companion.record;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Column;
import dev.axon64.codegen.tensor.Table;
import dev.axon64.codegen.tensor.TableFiles;
import dev.axon64.propose.companion.OracleFeatures;
import dev.axon64.propose.companion.OracleProposal.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A window of accesses as the memory oracle sees it, and which of its candidates were accessed
 * soon.
 *
 * @param features the {@link OracleFeatures#WINDOW} inputs of the network
 * @param hits for each candidate {@link #NONE}, {@link #MISSED} or {@link #HIT}
 * @param times for each candidate that was hit, events until then; else 0
 */
public record AccessSample(float[] features, int[] hits, int[] times) {
  /** There was no such candidate. */
  public static final int NONE = -1;

  /** The candidate was not accessed soon. */
  public static final int MISSED = 0;

  /** The candidate was accessed soon. */
  public static final int HIT = 1;

  private static final int CANDIDATES = OracleFeatures.CANDIDATES;

  private static final Column.Floats FEATURES =
      new Column.Floats("features", OracleFeatures.WINDOW);
  private static final Column.Ints HITS = new Column.Ints("hits", CANDIDATES, true);
  private static final Column.Ints TIMES = new Column.Ints("times", CANDIDATES, true);
  private static final List<Column> COLUMNS = List.of(FEATURES, HITS, TIMES);

  /** The candidate that was accessed first; -1 if none was. */
  public int first() {
    int first = -1;
    for (int i = 0; i < CANDIDATES; i++) {
      boolean sooner = first < 0 || times[i] < times[first];
      first = hits[i] == HIT && sooner ? i : first;
    }
    return first;
  }

  /** The kind of the stream: which candidates were right. */
  public Pattern pattern() {
    int first = first();
    if (first < 0) {
      return Pattern.IRREGULAR;
    }
    return first < 4 ? Pattern.SEQUENTIAL : first < 6 ? Pattern.STRIDED : Pattern.REPEATING;
  }

  /** Writes samples as a table with one row per sample and a column per component. */
  public static void write(Path file, List<AccessSample> samples) {
    Table table = new Table(COLUMNS, samples.size());
    for (int row = 0; row < samples.size(); row++) {
      AccessSample sample = samples.get(row);
      table.put(row, FEATURES, sample.features);
      table.put(row, HITS, sample.hits);
      table.put(row, TIMES, sample.times);
    }
    TableFiles.write(file, table);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InputException if the file holds something else
   */
  public static List<AccessSample> read(Path file) {
    Table table =
        TableFiles.read(
            file,
            COLUMNS,
            "holds no accesses as they are recorded now; record them again with 'axon64 trace'");
    List<AccessSample> samples = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      samples.add(
          new AccessSample(table.get(row, FEATURES), table.get(row, HITS), table.get(row, TIMES)));
    }
    return samples;
  }
}
