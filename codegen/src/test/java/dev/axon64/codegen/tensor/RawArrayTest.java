package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawArrayTest {
  private static final byte[] GOOD = RawArray.row("<i4", 4, new byte[16]).npy();

  @Test
  void readsBackWhatItWrote() {
    byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
    for (RawArray array :
        List.of(
            new RawArray("<u8", List.of(), data),
            new RawArray("<f4", List.of(2L), data),
            new RawArray("<i2", List.of(2L, 1L, 2L), data),
            new RawArray("|u1", List.of(3L, 0L), new byte[0]))) {
      RawArray read = RawArray.read(array.npy(), "given.npy");
      assertEquals(array.descr(), read.descr());
      assertEquals(array.shape(), read.shape());
      assertArrayEquals(array.data(), read.data());
    }
  }

  @Test
  void readsTensors() {
    Tensor tensor = new Tensor("", List.of(1, 2), new float[] {1, -2});
    RawArray read = RawArray.read(TensorFiles.npy(tensor), "given.npy");
    assertEquals("<f4", read.descr());
    assertEquals(List.of(1L, 2L), read.shape());
    assertArrayEquals(Checkpoints.floats(1, -2), read.data());
  }

  @Test
  void refusesFilesCutShort() {
    for (int length = 0; length < GOOD.length; length++) {
      byte[] cut = Arrays.copyOf(GOOD, length);
      assertThrows(InputException.class, () -> RawArray.read(cut, "given.npy"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "False; `True `; Fortran order",
        "<i4; >i4; type",
        "<i4; |O8; type",
        "'<i4'; [('a','<i4')]; little-endian",
        "(4,); (5,); promises 20 bytes of elements but 16 follow",
        "(4,); (-4,); dimension of -4",
        "(4,); (4,3000000000); dimension of 3000000000",
        "(4,); (4,2000000000); over 2 GiB",
      })
  void refusesOtherArrays(String good, String bad, String complaint) {
    String text = new String(GOOD, StandardCharsets.ISO_8859_1);
    byte[] changed = text.replace(good, bad).getBytes(StandardCharsets.ISO_8859_1);
    Refusal.check(
        assertThrows(InputException.class, () -> RawArray.read(changed, "given.npy")), complaint);
  }
}
