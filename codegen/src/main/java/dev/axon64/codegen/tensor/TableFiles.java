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

  /** As above from a file's bytes; {@code where} is what messages name. */
  public static Table read(byte[] bytes, String where, List<Column> columns, String otherwise) {
    if (!Signature.begins(bytes, NpyFormat.MAGIC)) {
      throw new InputException(where, otherwise);
    }
    NpyFormat.Content content = NpyFormat.open(bytes, where);
    NpyHeader header = content.header();
    if (!header.descr().equals(NpyHeader.Descr.of(columns)) || header.shape().size() != 1) {
      throw new InputException(where, otherwise);
    }
    List<Integer> shape = content.shape(Table.rowSize(columns));
    return new Table(columns, shape.get(0), content.values());
  }

  /** Writes a table: version 1.0, as NumPy itself writes it. */
  public static void write(Path file, Table table) {
    AtomicFiles.write(file, npy(table));
  }

  /** The bytes that {@link #write} writes. */
  public static byte[] npy(Table table) {
    return NpyFormat.write(table);
  }
}
