package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy itself reads what is written here, and writes what is read here. */
class NumpyCrossCheckTest {
  private static String python(Path folder, String script) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", script)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return "no python3: " + e.getMessage();
    }
    int status = process.waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8).strip();
    return status == 0 ? text : "status " + status + ": " + text;
  }

  private static void assumeNumpy(Path folder) throws Exception {
    String version = python(folder, "import numpy; print('numpy', numpy.__version__)");
    Assumptions.assumeTrue(
        version.startsWith("numpy "), () -> "skipped: python3 with numpy is not here: " + version);
  }

  @Test
  void numpyAndWeReadEachOther(@TempDir Path folder) throws Exception {
    assumeNumpy(folder);
    Tensor tensor = new Tensor("", List.of(2, 3), new float[] {1, -0f, 1e-45f, 0.1f, 5, 6});
    TensorFiles.writeNpy(folder.resolve("ours.npy"), tensor);
    String script =
        """
        import numpy
        a = numpy.load('ours.npy', allow_pickle=False)
        numpy.save('theirs.npy', a)
        numpy.save('fortran.npy', numpy.asfortranarray(a))
        numpy.save('doubles.npy', a.astype('<f8'))
        numpy.save('big.npy', a.astype('>f4'))
        with open('two.npy', 'wb') as f:
            numpy.lib.format.write_array(f, a, version=(2, 0))
        print(a.dtype, a.shape, a.tobytes().hex())
        """;
    assertEquals(
        "float32 (2, 3) 0000803f0000008001000000cdcccc3d0000a0400000c040", python(folder, script));
    for (String name : List.of("theirs", "fortran", "doubles", "big", "two")) {
      assertEquals(List.of(tensor), TensorFiles.read(folder.resolve(name + ".npy")), name);
    }
  }

  @Test
  void numpyReadsOurTablesByTheirColumns(@TempDir Path folder) throws Exception {
    assumeNumpy(folder);
    Column.Ints words = new Column.Ints("words", 2, false);
    Column.Longs registers = new Column.Longs("registers", 1);
    Column.Ints kind = Column.Ints.signed("kind");
    List<Column> columns = List.of(words, registers, kind);
    Table table = new Table(columns, 2);
    table.put(0, words, -1, 7);
    table.put(0, registers, -1L);
    table.put(1, kind, -3);
    TableFiles.write(folder.resolve("ours.npy"), table);
    String script =
        """
        import numpy
        a = numpy.load('ours.npy', allow_pickle=False)
        numpy.save('theirs.npy', a)
        print(a.dtype.names, a['words'].tolist(), a['registers'].tolist(), a['kind'].tolist())
        """;
    assertEquals(
        "('words', 'registers', 'kind') [[4294967295, 7], [0, 0]] [18446744073709551615, 0] [0, -3]",
        python(folder, script));
    Table theirs = TableFiles.read(folder.resolve("theirs.npy"), columns, "other");
    assertArrayEquals(TableFiles.npy(table), TableFiles.npy(theirs));
  }
}
