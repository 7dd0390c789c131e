package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFilesTest {
  private static final Column.Ints WORDS = new Column.Ints("words", 2, false);
  private static final Column.Longs REGISTERS = new Column.Longs("registers", 3);
  private static final Column.Ints KIND = Column.Ints.signed("kind");
  private static final Column.Floats SHARE = new Column.Floats("share", 1);
  private static final List<Column> COLUMNS = List.of(WORDS, REGISTERS, KIND, SHARE);
  private static final String OTHERWISE = "holds no such rows; make some";

  private static Table table() {
    Table table = new Table(COLUMNS, 2);
    table.put(0, WORDS, 0x80000000, -1);
    table.put(0, REGISTERS, Long.MIN_VALUE, -1, 0xfedcba9876543210L);
    table.put(0, KIND, -7);
    table.put(0, SHARE, 0.1f);
    table.put(1, KIND, Integer.MAX_VALUE);
    return table;
  }

  private static Table read(byte[] bytes) {
    return TableFiles.read(bytes, "given.file", COLUMNS, OTHERWISE);
  }

  @Test
  void everyNumberComesBack(@TempDir Path folder) {
    Path file = folder.resolve("table.npy");
    TableFiles.write(file, table());
    Table back = TableFiles.read(file, COLUMNS, OTHERWISE);
    assertEquals(2, back.rows());
    assertEquals(COLUMNS, back.columns());
    assertArrayEquals(new int[] {0x80000000, -1}, back.get(0, WORDS));
    assertArrayEquals(new long[] {Long.MIN_VALUE, -1, 0xfedcba9876543210L}, back.get(0, REGISTERS));
    assertArrayEquals(new int[] {-7}, back.get(0, KIND));
    assertArrayEquals(new float[] {0.1f}, back.get(0, SHARE));
    assertArrayEquals(new int[] {0, 0}, back.get(1, WORDS));
    assertArrayEquals(new int[] {Integer.MAX_VALUE}, back.get(1, KIND));
    assertArrayEquals(TableFiles.npy(table()), TableFiles.npy(back));
  }

  @Test
  void theHeaderIsNumpys() {
    byte[] bytes = TableFiles.npy(table());
    int length = bytes[8] & 0xff | (bytes[9] & 0xff) << 8;
    assertEquals(0, (10 + length) % 64);
    assertEquals(2 * 40, bytes.length - 10 - length);
    assertEquals(
        "{'descr': [('words', '<u4', (2,)), ('registers', '<u8', (3,)), ('kind', '<i4'),"
            + " ('share', '<f4')], 'fortran_order': False, 'shape': (2,), }",
        new String(bytes, 10, length, StandardCharsets.US_ASCII).strip());
  }

  @Test
  void anEmptyTableIsOne() {
    assertEquals(0, read(TableFiles.npy(new Table(COLUMNS, 0))).rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words | world",
        "<u8 | <i8",
        "(2,)), | (3,)),",
        "('kind', '<i4') | ('kind', '<i4', (2,))",
        "'shape': (2,) | 'shape': (2, 1)",
      })
  void anotherTableIsRefused(String part, String other) {
    byte[] bytes = TableFiles.npy(table());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] changed = text.replace(part, other).getBytes(StandardCharsets.ISO_8859_1);
    changed[8] = (byte) (changed[8] + changed.length - bytes.length);
    InputException refusal = assertThrows(InputException.class, () -> read(changed));
    assertEquals("given.file: " + OTHERWISE, refusal.getMessage());
  }

  @Test
  void whatIsNoTableIsRefused() {
    Tensor tensor = new Tensor("", List.of(2, 10), new float[20]);
    for (byte[] bytes : List.of(TensorFiles.npy(tensor), new byte[0], "PK".getBytes())) {
      InputException refusal = assertThrows(InputException.class, () -> read(bytes));
      assertEquals("given.file: " + OTHERWISE, refusal.getMessage());
    }
    Refusal.of(TableFiles.npy(table()), "structured array", "save each field");
  }

  @Test
  void filesCutShortAreRefused() {
    byte[] bytes = TableFiles.npy(table());
    for (int length = 6; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      Refusal.check(assertThrows(InputException.class, () -> read(part)), "cut short");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[('a', '<i4', ]; ')' is missing",
        "[('a' '<i4')]; ',' is missing",
        "[('a', '<i4')('b', '<i4')]; ',' or ']' is missing",
        "[('a', [('b', '<i4')])]; a quoted string is missing",
        "[('a', '<i4', (1))]; ',' or ')' is missing",
      })
  void damagedColumnsAreToldInOneLine(String descr, String complaint) {
    String header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (1,), }\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(TableFiles.npy(table()), 10 + text.length);
    bytes[8] = (byte) text.length;
    bytes[9] = 0;
    System.arraycopy(text, 0, bytes, 10, text.length);
    Refusal.check(assertThrows(InputException.class, () -> read(bytes)), "damaged", complaint);
  }

  @Test
  void numbersGoUnderTheirOwnColumns() {
    Table table = table();
    assertThrows(IllegalArgumentException.class, () -> table.put(0, KIND, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> table.get(0, new Column.Longs("kind", 1)));
    assertThrows(IndexOutOfBoundsException.class, () -> table.get(2, SHARE));
    assertThrows(IllegalArgumentException.class, () -> new Column.Longs("a'b", 1));
    assertThrows(IllegalArgumentException.class, () -> Column.Ints.signed(""));
    assertThrows(IllegalArgumentException.class, () -> new Table(List.of(KIND, KIND), 1));
  }
}
