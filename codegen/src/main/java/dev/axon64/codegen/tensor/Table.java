package dev.axon64.codegen.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of numbers under named columns: NumPy's structured array of one dimension. Not thread-safe
 * while it is filled.
 */
public final class Table {
  private final List<Column> columns;
  private final Map<Column, Integer> offsets = new HashMap<>();
  private final int rows;
  private final int rowSize;
  private final ByteBuffer bytes;

  /** Makes a table of zeros. */
  public Table(List<Column> columns, int rows) {
    this(columns, rows, ByteBuffer.allocate(Math.multiplyExact(rowSize(columns), rows)));
  }

  /**
   * @param bytes row after row, as many as the columns say, from 0 to the limit
   */
  Table(List<Column> columns, int rows, ByteBuffer bytes) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.rowSize = rowSize(columns);
    this.bytes = bytes;
    int offset = 0;
    for (Column column : columns) {
      if (offsets.put(column, offset) != null) {
        throw new IllegalArgumentException("twice: " + column);
      }
      offset += column.rowSize();
    }
  }

  /** Bytes of a row. */
  static int rowSize(List<Column> columns) {
    return columns.stream().mapToInt(Column::rowSize).reduce(0, Math::addExact);
  }

  /** The columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** A copy of all rows' bytes. */
  byte[] bytes() {
    byte[] all = new byte[bytes.limit()];
    bytes.get(0, all);
    return all;
  }

  /**
   * Sets a row's numbers.
   *
   * @throws IllegalArgumentException if the table lacks the column, or it takes another count
   */
  public void put(int row, Column.Ints column, int... numbers) {
    cell(row, column, numbers.length).asIntBuffer().put(numbers);
  }

  /** Sets a row's numbers. */
  public void put(int row, Column.Longs column, long... numbers) {
    cell(row, column, numbers.length).asLongBuffer().put(numbers);
  }

  /** Sets a row's numbers. */
  public void put(int row, Column.Floats column, float... numbers) {
    cell(row, column, numbers.length).asFloatBuffer().put(numbers);
  }

  /** A row's numbers. */
  public int[] get(int row, Column.Ints column) {
    int[] numbers = new int[column.count()];
    cell(row, column, numbers.length).asIntBuffer().get(numbers);
    return numbers;
  }

  /** A row's numbers. */
  public long[] get(int row, Column.Longs column) {
    long[] numbers = new long[column.count()];
    cell(row, column, numbers.length).asLongBuffer().get(numbers);
    return numbers;
  }

  /** A row's numbers. */
  public float[] get(int row, Column.Floats column) {
    float[] numbers = new float[column.count()];
    cell(row, column, numbers.length).asFloatBuffer().get(numbers);
    return numbers;
  }

  private ByteBuffer cell(int row, Column column, int count) {
    Integer offset = offsets.get(column);
    if (offset == null || count != column.count()) {
      throw new IllegalArgumentException(count + " numbers under " + column + " of " + columns);
    }
    return bytes.slice(row * rowSize + offset, column.rowSize()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
