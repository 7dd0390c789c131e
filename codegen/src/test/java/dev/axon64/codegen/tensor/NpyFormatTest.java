package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFormatTest {
  private static final Tensor SIX =
      new Tensor("", List.of(2, 3), new float[] {0, -0f, 1.5f, 1e-45f, 3.4028235e38f, -7});

  /** A file of any version with any header. */
  private static byte[] file(int major, String header, byte[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(16 + text.length + values.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes());
    file.put((byte) major).put((byte) 0);
    if (major == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text).put(values);
    byte[] bytes = new byte[file.position()];
    file.get(0, bytes);
    return bytes;
  }

  private static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '"
        + descr
        + "', 'fortran_order': "
        + (fortran ? "True" : "False")
        + ", 'shape': "
        + shape
        + ", }\n";
  }

  private static Tensor only(byte[] bytes) {
    List<Tensor> tensors = TensorFiles.read(bytes, "given.file");
    assertEquals(1, tensors.size());
    return tensors.get(0);
  }

  @Test
  void writesWhatNumpyWrites() {
    byte[] bytes = TensorFiles.npy(SIX);
    assertEquals(128 + 24, bytes.length);
    String head = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", head.strip());
    assertEquals('\n', head.charAt(117));
    assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, head(bytes));
  }

  private static byte[] head(byte[] bytes) {
    return Arrays.copyOf(bytes, 10);
  }

  @Test
  void readsBackWhatItWrote(@TempDir Path folder) {
    Path file = folder.resolve("weights.bin");
    for (List<Integer> shape :
        List.of(List.<Integer>of(), List.of(0), List.of(7), List.of(2, 3, 4), List.of(1, 0, 5))) {
      float[] values = new float[(int) Shapes.count(shape)];
      Random random = new Random(1);
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      Tensor tensor = new Tensor("", shape, values);
      TensorFiles.writeNpy(file, tensor);
      assertEquals(List.of(tensor), TensorFiles.read(file));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int major) {
    byte[] bytes = file(major, header("<f4", false, "(2, 3)"), Checkpoints.floats(SIX.data()));
    assertEquals(SIX, only(bytes));
  }

  @Test
  void turnsFortranOrderAround() {
    byte[] bytes = file(1, header("<f4", true, "(2, 3)"), Checkpoints.floats(1, 4, 2, 5, 3, 6));
    assertEquals(new Tensor("", List.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}), only(bytes));
  }

  @Test
  void readsOtherFloatsThatAreExact() {
    byte[] doubles =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putDouble(0.1f)
            .putDouble(-0.0)
            .array();
    assertEquals(
        new Tensor("", List.of(2), new float[] {0.1f, -0f}),
        only(file(1, header("<f8", false, "(2,)"), doubles)));
    byte[] bigEndian = ByteBuffer.allocate(4).putFloat(0.3f).array();
    assertEquals(
        new Tensor("", List.of(1), new float[] {0.3f}),
        only(file(1, header(">f4", false, "(1,)"), bigEndian)));
  }

  /** Every half there is, against the definition: sign, exponent, fraction. */
  @Test
  void readsEveryHalf() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      byte[] bytes =
          file(1, header("<f2", false, "()"), new byte[] {(byte) bits, (byte) (bits >> 8)});
      int exponent = bits >> 10 & 31;
      if (exponent == 31) {
        assertThrows(InputException.class, () -> only(bytes));
        continue;
      }
      double significand = (bits & 1023) / 1024.0 + (exponent == 0 ? 0 : 1);
      double value = significand * Math.pow(2, Math.max(exponent, 1) - 15);
      assertEquals((float) (bits < 1 << 15 ? value : -value), only(bytes).at(0));
    }
  }

  @Test
  void readsHeadersOfOtherWriters() {
    byte[] values = Checkpoints.floats(SIX.data());
    String[] headers = {
      "{\"shape\":(2,3),\"descr\":\"<f4\",\"fortran_order\":False}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }",
      "  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 , ) }   \n",
    };
    for (String header : headers) {
      assertEquals(SIX, only(file(1, header, values)), header);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`|O` | pickled Python objects",
        "<i4 | '<i4' are not read; accepted are '<f4'",
        "<U5 | '<U5' are not read",
        ">f8 | '>f8' are not read",
        "<c8 | '<c8' are not read",
      })
  void refusesOtherTypes(String descr, String complaint) {
    byte[] values = new byte[8];
    Refusal.of(file(1, header(descr, false, "(2,)"), values), complaint, "astype('<f4')");
  }

  @Test
  void refusesStructuredArrays() {
    String header = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }";
    Refusal.of(file(1, header, new byte[4]), "structured array", "save each field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | '{' is missing",
        "{'descr': '<f4', 'fortran_order': False} | is missing",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()} | given twice",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'extra': 1} | 'extra' is unknown",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': ()} | True or False",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1)} | ',' or ')'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [1]} | '(' is missing",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (x,)} | an integer is missing",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,),} x | something follows",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,) | ',' or '}'",
        "{'descr': '<f4, 'fortran_order': False} | ',' or '}'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)} | 18 digits",
        "{'descr': 4} | a quoted string is missing",
      })
  void refusesDamagedHeaders(String header, String complaint) {
    Refusal.of(file(1, header, new byte[4]), "header is damaged at character", complaint);
  }

  @Test
  void refusesHeadersThatEndInNul() {
    Refusal.of(file(1, header("<f4", false, "()") + "\0", new byte[4]), "something follows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(-1,) | dimension of -1",
        "(4294967296, 4294967296) | dimension of 4294967296",
        "(65536, 65536) | over the limit",
        "(67108864, 67108864, 67108864) | over the limit",
        "(3,) | needs 12 bytes of values but 8 follow the header; the file is cut short",
        "(1,) | needs 4 bytes of values but 8 follow the header; remove what follows",
        "() | needs 4 bytes of values but 8",
        "(0, 5) | needs 0 bytes of values but 8",
      })
  void refusesShapesThatDoNotFit(String shape, String complaint) {
    Refusal.of(file(1, header("<f4", false, shape), new byte[8]), complaint);
  }

  @Test
  void refusesTooManyDimensions() {
    Refusal.of(file(1, header("<f4", false, "(" + "1,".repeat(33) + ")"), new byte[4]), "33 dim");
  }

  @Test
  void refusesFilesCutShort() {
    byte[] bytes = TensorFiles.npy(SIX);
    for (int length = 6; length < bytes.length; length++) {
      Refusal.of(Arrays.copyOf(bytes, length), "cut short");
    }
  }

  @Test
  void refusesUnknownVersionsAndEndlessHeaders() {
    byte[] bytes = TensorFiles.npy(SIX);
    bytes[6] = 4;
    Refusal.of(bytes, ".npy version 4.0; versions 1.0, 2.0 and 3.0 are read");
    bytes[6] = 2;
    bytes[11] = (byte) 0xff;
    Refusal.of(bytes, "header claims 42", "at most 65536");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(float bad) {
    byte[] bytes = TensorFiles.npy(SIX);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(128 + 4 * 5, bad);
    Refusal.of(bytes, "the array holds " + bad + " at [1, 2]", "must be finite");
    Tensor tensor = new Tensor("fc1.w", List.of(1, 2), new float[] {0, bad});
    Refusal.check(
        assertThrows(InputException.class, () -> TensorFiles.npy(tensor)),
        "tensor 'fc1.w': holds " + bad + " at [0, 1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1e300, 1e-300, 16777217})
  void refusesDoublesThatAreNotFloats(double value) {
    byte[] bytes =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(8, value).array();
    Refusal.of(
        file(1, header("<f8", false, "(2,)"), bytes),
        "holds " + value + " at [1], which is not exactly a float32");
  }

  @Test
  void refusesFilesOfNoKnownFormat(@TempDir Path folder) throws IOException {
    Refusal.of(new byte[0], "empty");
    Refusal.of("hello, world".getBytes(), "no tensor file known here", ".safetensors");
    Refusal.of(new byte[] {(byte) 0x89, 'H', 'D', 'F'}, "HDF5");
    Refusal.of(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10}, "bare pickle", "state_dict");
    Path missing = folder.resolve("missing.npy");
    Refusal.check(
        assertThrows(InputException.class, () -> TensorFiles.read(missing)), "no such file");
    Path large = Files.createFile(folder.resolve("large.npy"));
    try (var channel = Files.newByteChannel(large, StandardOpenOption.WRITE)) {
      channel.position(TensorFiles.MOST_BYTES).write(ByteBuffer.wrap(new byte[1]));
    }
    Refusal.check(
        assertThrows(InputException.class, () -> TensorFiles.read(large)), "over the limit");
  }
}
