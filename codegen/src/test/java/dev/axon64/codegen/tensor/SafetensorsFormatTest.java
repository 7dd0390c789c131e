package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFormatTest {
  private static final SortedMap<String, String> NO_METADATA = new TreeMap<>();
  private static final Tensor W = new Tensor("fc1.w", List.of(2, 2), new float[] {1, -0f, 3, 4});
  private static final Tensor B = new Tensor("b\"\\\u0001é😀", List.of(2), new float[] {5, 6});
  private static final Tensor NONE = new Tensor("none", List.of(0), new float[0]);

  private static byte[] file(String json, byte[] buffer) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + buffer.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(buffer)
        .array();
  }

  private static List<Tensor> read(byte[] bytes) {
    return TensorFiles.read(bytes, "given.file");
  }

  @Test
  void readsBackWhatItWrote(@TempDir Path folder) {
    Path file = folder.resolve("weights.npy");
    List<Tensor> tensors = List.of(W, NONE, B);
    SortedMap<String, String> metadata = new TreeMap<>(Map.of("model", "a64", "by", "a \"test\""));
    TensorFiles.writeSafetensors(file, tensors, metadata);
    assertEquals(tensors, TensorFiles.read(file));
    assertArrayEquals(
        TensorFiles.safetensors(tensors, metadata), TensorFiles.safetensors(tensors, metadata));
  }

  @Test
  void writesTheDocumentedBytes() {
    String json =
        "{\"__metadata__\":{\"model\":\"a64\"},"
            + "\"fc1.w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";
    String padded = json + " ".repeat(7 - (json.length() + 7) % 8);
    assertEquals(0, padded.length() % 8);
    assertArrayEquals(
        file(padded, Checkpoints.floats(W.data())),
        TensorFiles.safetensors(List.of(W), new TreeMap<>(Map.of("model", "a64"))));
  }

  @Test
  void readsTensorsInTheOrderOfTheirData() {
    String json =
        "{\"z\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
            + " \"a\\u0062\\ud83d\\ude00\": {\"shape\":[],\"data_offsets\":[0,4],"
            + "\"dtype\":\"F32\"},\"__metadata__\":{}}  ";
    assertEquals(
        List.of(
            new Tensor("ab😀", List.of(), new float[] {1}),
            new Tensor("z", List.of(1), new float[] {2})),
        read(file(json, Checkpoints.floats(1, 2))));
  }

  @Test
  void readsOtherFloatsThatAreExact() {
    byte[] buffer =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putDouble(0.25)
            .putShort((short) 0x3e00)
            .putShort((short) 0xbfc0)
            .array();
    String json =
        "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[8,10]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[10,12]}}";
    assertEquals(
        List.of(0.25f, 1.5f, -1.5f), read(file(json, buffer)).stream().map(t -> t.at(0)).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | holds no tensor",
        "{'__metadata__':{'a':1},'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | strings",
        "{'__metadata__':[],'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | strings",
        "{'w':1} | tensor 'w' must be described by dtype, shape and data_offsets",
        "{'w':{'dtype':'F32','shape':[2]}} | must be described",
        "{'w':{'dtype':1,'shape':[2],'data_offsets':[0,8]}} | must be described",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}} | must be described",
        "{'w':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}} | type 'I64'; F32",
        "{'w':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | shape that is no list",
        "{'w':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | shape that is no list",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':['0','8']}} | data_offsets that is no",
        "{'w':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | dimension of -2",
        "{'w':{'dtype':'F32','shape':[99999999999],'data_offsets':[0,8]}} | dimension of 99999",
        "{'w':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,8]}} | over the limit",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | needs 8 bytes but its data_off",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | needs 8 bytes but its data_off",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}} | needs 8 bytes but its data_o",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | begins at byte 4, after a gap",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | begins at byte -4, inside",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | remove the rest",
        "{'w':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | cut short",
        "{'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | inside another tensor",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 'w' is given twice",
      })
  void refusesWrongHeaders(String json, String complaint) {
    Refusal.of(file(json.replace('\'', '"'), new byte[8]), complaint);
  }

  @Test
  void refusesHeadersThatDoNotFit() {
    byte[] bytes = TensorFiles.safetensors(List.of(W), NO_METADATA);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = file.getLong(0);
    file.putLong(0, bytes.length - 7);
    Refusal.of(bytes, "header should have " + (bytes.length - 7) + " bytes but", "cut short");
    file.putLong(0, -1);
    Refusal.of(bytes, "header should have 18446744073709551615 bytes");
    file.putLong(0, length - 1);
    Refusal.of(bytes, "its tensors end at byte 16 but 17 bytes follow");
    for (int cut = 9; cut < bytes.length; cut++) {
      file.putLong(0, length);
      Refusal.of(Arrays.copyOf(bytes, cut), "cut short");
    }
    byte[] large = new byte[(4 << 20) + 16];
    ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN).putLong((4 << 20) + 1).put((byte) '{');
    Refusal.of(large, "its header has 4194305 bytes; at most 4194304 are read");
  }

  @Test
  void refusesWhatIsNotFinite() {
    byte[] bytes = TensorFiles.safetensors(List.of(B, W), NO_METADATA);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, 0x7fc00000);
    Refusal.of(bytes, "tensor 'fc1.w' holds NaN at [1, 1]");
  }

  @Test
  void refusesToWriteWhatCannotBeReadBack() {
    refusesToWrite("its name is taken", W, W);
    refusesToWrite("its name is taken", W.named("__metadata__"));
    refusesToWrite("half a surrogate pair", W.named("\ud800"));
    refusesToWrite("holds NaN at [0]", new Tensor("n", List.of(1), new float[] {Float.NaN}));
  }

  private static void refusesToWrite(String complaint, Tensor... tensors) {
    Refusal.check(
        assertThrows(
            InputException.class,
            () -> TensorFiles.safetensors(Arrays.asList(tensors), NO_METADATA)),
        complaint);
  }
}
