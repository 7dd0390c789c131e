package dev.axon64.codegen.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Damaged files of each format, damaged both outside and within their inner structure. */
class TensorFuzzTest {
  private static final Tensor W =
      new Tensor("fc1.weight", List.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});
  private static final Tensor B = new Tensor("fc1.bias", List.of(2), new float[] {-1, 0.5f});
  private static final Tensor SCALAR = new Tensor("temperature", List.of(), new float[] {0.25f});

  private static final List<String> NPY_TOKENS =
      List.of(
          "'<f8'",
          "'>f4'",
          "'<f2'",
          "'|O'",
          "[('a', '<f4')]",
          "('b', '<u8', (2,))",
          "[",
          "]",
          "True",
          "False",
          "'descr':",
          "'shape':",
          "(",
          ")",
          ",",
          "{",
          "}",
          "-1",
          "0",
          "4294967296",
          "2147483647",
          "99999999999999999999",
          "(0, 99999999)",
          "6L",
          "\0",
          "\n",
          "'",
          "\"");

  private static final List<String> JSON_TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\u0000",
          "\\ud83d\\ude00",
          "\\ud800",
          "\\",
          "null",
          "true",
          "-1",
          "1e999",
          "0.5",
          "99999999999",
          "9223372036854775807",
          "\"F64\"",
          "\"F16\"",
          "\"BF16\"",
          "\"I64\"",
          "\"dtype\"",
          "\"shape\"",
          "\"data_offsets\"",
          "\"__metadata__\"",
          "[0,0]",
          "[[[[[[[[[[[[[[[[[[[[",
          "{\"a\":{\"a\":{\"a\":",
          "\u00e9",
          "\u00ff");

  private static final List<String> PICKLE_TOKENS =
      List.of(
          "(",
          ")",
          "]",
          "}",
          "t",
          "\u0085",
          "\u0086",
          "\u0087",
          "a",
          "e",
          "s",
          "u",
          "R",
          "b",
          "Q",
          ".",
          "N",
          "\u0088",
          "q\u0001",
          "h\u0001",
          "r\u00ff\u00ff\u00ff\u00ff",
          "\u0094",
          "0",
          "2",
          "K\u0000",
          "K\u0006",
          "M\u00ff\u00ff",
          "J\u00ff\u00ff\u00ff\u00ff",
          "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
          "X\u0001\0\0\0w",
          "X\u00ff\u00ff\u00ff\u007f",
          "\u008c\u0005model",
          "\u0080\u0004",
          "\u0095\u00ff\u00ff\0\0\0\0\0\0",
          "ctorch\nLongStorage\n",
          "ctorch\nDoubleStorage\n",
          "ctorch\nHalfStorage\n",
          "ccollections\nOrderedDict\n)R",
          "cos\nsystem\n",
          "ctorch._utils\n_rebuild_tensor_v2\n",
          "ctorch._utils\n_rebuild_parameter\n",
          "\u0093",
          "cbuiltins\neval\n",
          "ios\nsystem\n",
          "\u0081",
          "P0\n",
          "(h\u0000h\u0000h\u0000l",
          "]q\u0000h\u0000a",
          "}q\u0000X\u0005\0\0\0modelh\u0000s");

  private static byte[] pick(Random random, byte[]... files) {
    return files[random.nextInt(files.length)];
  }

  @Test
  void npy() throws IOException {
    byte[] valid = TensorFiles.npy(W);
    FuzzCampaign.run(
        "npy",
        random -> {
          Mutator mutator = new Mutator(random, NPY_TOKENS);
          if (random.nextBoolean()) {
            return mutator.mutate(pick(random, valid, TensorFiles.npy(SCALAR)));
          }
          // Only the text of the header, under a length and a version that are right.
          byte[] text = mutator.mutate(Arrays.copyOfRange(valid, 10, 70));
          return ByteBuffer.allocate(12 + text.length + 24)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(valid, 0, 6)
              .putShort((short) (2 + random.nextInt(2)))
              .putInt(text.length)
              .put(text)
              .put(Checkpoints.floats(W.data()))
              .array();
        });
  }

  @Test
  void safetensors() throws IOException {
    byte[] valid =
        TensorFiles.safetensors(List.of(W, B, SCALAR), new TreeMap<>(Map.of("model", "a64")));
    int header = (int) ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN).getLong();
    FuzzCampaign.run(
        "safetensors",
        random -> {
          Mutator mutator = new Mutator(random, JSON_TOKENS);
          if (random.nextBoolean()) {
            return mutator.mutate(valid);
          }
          // Only the JSON after its first brace, under a correct length.
          byte[] json = mutator.mutate(Arrays.copyOfRange(valid, 9, 8 + header));
          return ByteBuffer.allocate(valid.length - header + 1 + json.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(json.length + 1)
              .put((byte) '{')
              .put(json)
              .put(valid, 8 + header, valid.length - 8 - header)
              .array();
        });
  }

  /** The zip around the pickle: directory, headers, packed entries. */
  @Test
  void checkpointArchive() throws IOException {
    byte[] stored = Checkpoints.stateDict(List.of(W, B, SCALAR));
    byte[] deflated = Checkpoints.zip(entries(pickle()), ZipEntry.DEFLATED);
    List<String> tokens =
        List.of("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "net/data/0");
    FuzzCampaign.run(
        "pt", random -> new Mutator(random, tokens).mutate(pick(random, stored, deflated)));
  }

  /** The pickle, in a zip that is right again. */
  @Test
  void checkpointPickle() throws IOException {
    byte[] flat = new PickleWriter().op(')').stop();
    FuzzCampaign.run(
        "pt-pickle",
        random -> {
          byte[] pickle = pick(random, pickle(), pickle(), pickle(), flat);
          byte[] damaged = new Mutator(random, PICKLE_TOKENS).mutate(pickle);
          int method = random.nextInt(4) == 0 ? ZipEntry.DEFLATED : ZipEntry.STORED;
          return Checkpoints.zip(entries(damaged), method);
        });
  }

  private static Map<String, byte[]> entries(byte[] pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("net/data.pkl", pickle);
    entries.put("net/data/0", Checkpoints.floats(W.data()));
    entries.put("net/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    return entries;
  }

  /** A checkpoint as training scripts save it, with a bit of everything. */
  private static byte[] pickle() {
    PickleWriter p = new PickleWriter().op('}').op('q').op(0).op('(').text("epoch").integer(143);
    p.text("loss").real(0.5).text("history").op(']').op('(').integer(1).integer(1L << 40).op('e');
    p.text("state_dict").orderedDict().op('q').op(1).op('(').text("fc1.weight");
    p.tensor("FloatStorage", "0", 6, 0, List.of(2, 3), List.of(3, 1)).op('q').op(2);
    p.text("fc1.bias").global("torch._utils", "_rebuild_parameter").op('(');
    p.tensor("FloatStorage", "0", 6, 4, List.of(2), List.of(1)).op(0x88).orderedDict();
    p.op('t').op('R').text("tied").op('h').op(2).op('u').op('}').text("_metadata").op('}').op('s');
    return p.op('b').text("done").op(0x88).op('u').stop();
  }
}
