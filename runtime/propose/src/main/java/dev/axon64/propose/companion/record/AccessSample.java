package dev.axon64.propose.companion.record;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.propose.companion.OracleFeatures;
import dev.axon64.propose.companion.OracleProposal.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a window of accesses and what came after it lie in a row of float32: the features; for each
 * candidate -1 where there was none, 0 where it was not accessed soon, 1 where it was; for each
 * candidate how many events that took.
 */
public final class AccessSample {
  private static final int HITS_AT = OracleFeatures.WINDOW;
  private static final int TIMES_AT = HITS_AT + OracleFeatures.CANDIDATES;

  /** Float32 of a row. */
  public static final int COLUMNS = TIMES_AT + OracleFeatures.CANDIDATES;

  private AccessSample() {}

  static void candidate(float[] row, int candidate, boolean known) {
    row[HITS_AT + candidate] = known ? 0 : -1;
  }

  static void hit(float[] row, int candidate, int time) {
    if (row[HITS_AT + candidate] == 0) {
      row[HITS_AT + candidate] = 1;
      row[TIMES_AT + candidate] = time;
    }
  }

  /** -1, 0 or 1: see above. */
  public static float hit(float[] row, int candidate) {
    return row[HITS_AT + candidate];
  }

  /** The candidate that was accessed first; -1 if none was. */
  public static int first(float[] row) {
    int first = -1;
    for (int i = 0; i < OracleFeatures.CANDIDATES; i++) {
      boolean sooner = first < 0 || row[TIMES_AT + i] < row[TIMES_AT + first];
      first = row[HITS_AT + i] == 1 && sooner ? i : first;
    }
    return first;
  }

  /** The kind of the stream: which candidates were right. */
  public static Pattern pattern(float[] row) {
    int first = first(row);
    if (first < 0) {
      return Pattern.IRREGULAR;
    }
    return first < 4 ? Pattern.SEQUENTIAL : first < 6 ? Pattern.STRIDED : Pattern.REPEATING;
  }

  /** Writes rows as a {@code .npy}. */
  public static void write(Path file, List<float[]> rows) {
    float[] all = new float[rows.size() * COLUMNS];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * COLUMNS, COLUMNS);
    }
    TensorFiles.writeNpy(file, new Tensor("", List.of(rows.size(), COLUMNS), all));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InputException if the file holds something else
   */
  public static List<float[]> read(Path file) {
    Tensor tensor = TensorFiles.read(file).get(0);
    if (tensor.shape().size() != 2 || tensor.shape().get(1) != COLUMNS) {
      throw new InputException(
          file.toString(),
          "holds " + tensor.shape() + ", no accesses; record some with 'axon64 trace'");
    }
    float[] all = tensor.data();
    List<float[]> rows = new ArrayList<>();
    for (int at = 0; at < all.length; at += COLUMNS) {
      rows.add(Arrays.copyOfRange(all, at, at + COLUMNS));
    }
    return rows;
  }
}
