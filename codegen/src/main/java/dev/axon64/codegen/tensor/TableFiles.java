package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Signature;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes tables as {@code .npy} files, whose header names the columns. */
public final class TableFiles {
  private TableFiles() {}

  /**
   * Reads a table.
   *
   * @param columns those that the file must have
   * @param otherwise what messages say of a file that holds something else
   * @throws InputException if the file cannot be read, is damaged or holds something else
   */
  public static Table read(Path file, List<Column> columns, String otherwise) {
    return read(
        AtomicFiles.read(file, TensorFiles.MOST_BYTES), file.toString(), columns, otherwise);
  }

  /** Reads a table from a file's bytes; messages name {@code where}. */
  public static Table read(byte[] bytes, String where, List<Column> columns, String otherwise) {
    if (!Signature.begins(bytes, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      throw new InputException(where, otherwise);
    }
    NpyFormat.Opened opened = NpyFormat.open(bytes, where);
    NpyHeader header = opened.header();
    if (!header.descr().equals(descr(columns)) || header.shape().size() != 1) {
      throw new InputException(where, otherwise);
    }
    List<Integer> shape = Shapes.checked(where, "", header.shape());
    NpyFormat.checkLength(where, shape, Table.rowSize(columns), opened.values().remaining());
    return new Table(columns, shape.get(0), opened.values());
  }

  private static String descr(List<Column> columns) {
    return NpyHeader.ofColumns(
        columns.stream()
            .map(
                c ->
                    NpyHeader.column(
                        c.name(),
                        c.descr(),
                        c.count() == 1 ? List.of() : List.of((long) c.count())))
            .toList());
  }

  /** Writes a table: version 1.0, as NumPy itself writes it. */
  public static void write(Path file, Table table) {
    AtomicFiles.write(file, npy(table));
  }

  /** The bytes that {@link #write} writes. */
  public static byte[] npy(Table table) {
    NpyHeader header = new NpyHeader(descr(table.columns()), false, List.of((long) table.rows()));
    return NpyFormat.write(header, table.bytes());
  }
}
