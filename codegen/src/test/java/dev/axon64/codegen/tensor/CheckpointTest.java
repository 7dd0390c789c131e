package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
  private static final float[] SIX = {1, 2, 3, 4, 5, 6};
  private static final Tensor W = new Tensor("fc1.weight", List.of(2, 3), SIX);
  private static final Tensor B = new Tensor("fc1.bias", List.of(2), new float[] {-1, 0.5f});

  private static List<Tensor> read(byte[] bytes) {
    return TensorFiles.read(bytes, "given.file");
  }

  /** A checkpoint whose pickle is a dict that {@code items} fills; storage 0 holds six values. */
  private static byte[] dict(UnaryOperator<PickleWriter> items) {
    return Checkpoints.of(items.apply(new PickleWriter().op('}').op('(')).op('u').stop(), SIX);
  }

  private static PickleWriter sixth(PickleWriter pickle) {
    return pickle.tensor("FloatStorage", "0", 6, 5, List.of(1), List.of(1));
  }

  @Test
  void readsStateDictsInTheirOrder() {
    assertEquals(List.of(W, B), read(Checkpoints.stateDict(List.of(W, B))));
    assertEquals(List.of(B, W), read(Checkpoints.stateDict(List.of(B, W))));
  }

  @Test
  void readsDeflatedEntriesAndFlatArchives() {
    byte[] pickle = sixth(new PickleWriter()).stop();
    byte[] zip =
        Checkpoints.zip(
            Map.of("data.pkl", pickle, "data/0", Checkpoints.floats(SIX)), ZipEntry.DEFLATED);
    assertEquals(List.of(new Tensor("", List.of(1), new float[] {6})), read(zip));
  }

  @Test
  void findsTheModelBesideScalarsAndTheOptimizer() {
    byte[] bytes =
        dict(
            p -> {
              p.text("epoch").integer(143).text("accuracy").real(0.5).text("seed");
              p.integer(1L << 40).text("best").op(0x88).text("none").op('N');
              p.text("betas").op('K').number(1, 1).real(0.9).op(0x86);
              p.text("optimizer").op('}').text("fc1.weight");
              sixth(p).op('s');
              p.text("history").op(']').op('(').integer(1).real(2).op('e').integer(3).op('a');
              p.text("model_state_dict").orderedDict().text("fc1.weight");
              p.tensor("FloatStorage", "0", 6, 0, List.of(2, 3), List.of(3, 1)).op('s');
              return p.op('}').op('b');
            });
    assertEquals(List.of(W), read(bytes));
  }

  @Test
  void namesTensorsByTheInnermostDict() {
    byte[] bytes =
        dict(
            p -> {
              p.text("net").op('}').text("a");
              sixth(p).op('s').text("list").op(']').op('(');
              sixth(p);
              sixth(p).op('e').text("pair").op('}').integer(7);
              return sixth(p).op(0x85).op('s');
            });
    assertEquals(
        List.of("a", "list.0", "list.1", "7.0"), read(bytes).stream().map(Tensor::name).toList());
  }

  @Test
  void readsAnObjectReachedTwiceOnce() {
    byte[] bytes =
        dict(
            p -> {
              p.text("last").op('}').op('q').op(9).text("w");
              sixth(p).op('s');
              return p.text("best").op('h').op(9);
            });
    assertEquals(List.of("w"), read(bytes).stream().map(Tensor::name).toList());
  }

  @Test
  void readsProtocolFour() {
    PickleWriter p = new PickleWriter().op(0x95).number(3, 8).op('}').op(0x94).op(0x8c).op(1);
    p.raw(new byte[] {'w'}).op(0x94);
    p.op(0x8c).op(12).raw("torch._utils".getBytes()).op(0x8d).number(18, 8);
    p.raw("_rebuild_parameter".getBytes()).op(0x93).op('r').number(1000, 4).op('(');
    sixth(p).op(0x88).orderedDict().op('t').op('R').op('s');
    p.op('j').number(1000, 4).op(0x86);
    byte[] bytes = Checkpoints.of(p.stop(), SIX);
    assertEquals(List.of(new Tensor("0.w", List.of(1), new float[] {6}).named("w")), read(bytes));
  }

  @Test
  void followsStridesOffsetsAndSharedStorages() {
    assertEquals(
        List.of(new Tensor("w", List.of(3, 2), new float[] {1, 4, 2, 5, 3, 6})),
        read(Checkpoints.view(SIX, 0, List.of(3L, 2L), List.of(1L, 3L))));
    assertEquals(
        List.of(new Tensor("w", List.of(2, 2), new float[] {2, 2, 5, 5})),
        read(Checkpoints.view(SIX, 1, List.of(2L, 2L), List.of(3L, 0L))));
    assertEquals(
        List.of(new Tensor("w", List.of(), new float[] {6})),
        read(Checkpoints.view(SIX, 5, List.of(), List.of())));
    assertEquals(
        List.of(new Tensor("w", List.of(1, 0), new float[0])),
        read(Checkpoints.view(SIX, 6, List.of(1L, 0L), List.of(Long.MAX_VALUE, 9L))));
  }

  @Test
  void readsHalfBfloat16AndDouble() {
    byte[] values = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(-2.5).array();
    PickleWriter p = new PickleWriter().op('(');
    p.tensor("DoubleStorage", "0", 1, 0, List.of(), List.of());
    p.tensor("HalfStorage", "1", 1, 0, List.of(), List.of());
    p.tensor("BFloat16Storage", "1", 1, 0, List.of(), List.of());
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x/data.pkl", p.op('t').stop());
    entries.put("x/data/0", values);
    entries.put("x/data/1", new byte[] {(byte) 0x80, 0x3f});
    List<Tensor> tensors = read(Checkpoints.zip(entries, ZipEntry.STORED));
    assertEquals(List.of(-2.5f, 1.875f, 1f), tensors.stream().map(t -> t.at(0)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "builtins, eval",
    "torch, load",
    "torch._utils, _rebuild_tensor",
    "torch.nn.modules.linear, Linear",
    "numpy.core.multiarray, scalar",
    "__builtin__, OrderedDict",
  })
  void refusesEveryOtherGlobalByName(String module, String name) {
    String complaint = "refuses to call " + module + "." + name;
    String mend = "torch.save(model.state_dict(), FILE)";
    PickleWriter global = new PickleWriter().global(module, name).text("true").op(0x85).op('R');
    Refusal.of(Checkpoints.of(global.stop()), complaint, mend, "data.pkl at byte 2");
    PickleWriter stack = new PickleWriter().text(module).text(name).op(0x93);
    Refusal.of(Checkpoints.of(stack.stop()), complaint, mend);
    PickleWriter inst = new PickleWriter().op('(').op('i');
    inst.raw((module + "\n" + name + "\n").getBytes());
    Refusal.of(Checkpoints.of(inst.stop()), complaint, mend);
  }

  @Test
  void refusesOtherOpcodes() {
    for (int opcode = 0; opcode < 256; opcode++) {
      if (".NKMJGX(t)]}aesuqrhjcQRbi\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008d\u0093\u0094\u0095"
              .indexOf(opcode)
          < 0) {
        Refusal.of(
            Checkpoints.of(new PickleWriter().op(opcode).stop()),
            String.format("refuses opcode 0x%02x", opcode));
      }
    }
  }

  @Test
  void refusesCallsOfWhatIsAllowedOtherwise() {
    PickleWriter p = new PickleWriter().global("torch", "FloatStorage").integer(9).op(0x85);
    Refusal.of(Checkpoints.of(p.op('R').stop()), "refuses to call torch.FloatStorage with arg");
    p = new PickleWriter().global("collections", "OrderedDict").op(']').op(0x85).op('R');
    Refusal.of(Checkpoints.of(p.stop()), "refuses to call collections.OrderedDict with arg");
    p = new PickleWriter().text("system").op(')').op('R');
    Refusal.of(Checkpoints.of(p.stop()), "refuses to call what is no function");
    p = new PickleWriter().op(']').op('}').op('b');
    Refusal.of(Checkpoints.of(p.stop()), "refuses to set the state");
    p = new PickleWriter().op('}').text("x").op('b');
    Refusal.of(Checkpoints.of(p.stop()), "refuses to set the state");
  }

  @Test
  void refusesDamagedPickles() {
    refusesPickle(p -> p.op('}').op('}'), "STOP comes too early");
    refusesPickle(p -> p, "STOP comes too early");
    refusesPickle(p -> p.op('}').op('('), "STOP comes too early");
    refusesPickle(p -> p.op('}').op('.').op('}'), "STOP comes too early");
    refusesPickle(p -> p.op('s'), "an operand is missing");
    refusesPickle(p -> p.op('}').op('(').op('q').op(1), "an operand is missing");
    refusesPickle(p -> p.op('}').text("a").op('(').text("b").op('s'), "an operand is missing");
    refusesPickle(p -> p.op('t'), "a MARK is missing");
    refusesPickle(p -> p.op('h').op(3), "never made");
    refusesPickle(p -> p.op('}').text("a").op('a'), "appended to what is no list");
    refusesPickle(p -> p.op(']').text("a").text("b").op('s'), "set in what is no dict");
    refusesPickle(p -> p.op('}').op('(').text("a").op('u'), "set in what is no dict");
    refusesPickle(p -> p.op('}').op(')').text("b").op('s'), "key that is no string or number");
    refusesPickle(p -> p.op('X').number(-1, 4), "ends too early");
    refusesPickle(p -> p.op(0x8d).number(-1, 8), "ends too early");
    refusesPickle(p -> p.op(0x8a).op(255), "ends too early");
    refusesPickle(p -> p.op('J'), "ends too early");
    refusesPickle(p -> p.op('c').raw(new byte[2000]), "name of a global does not end");
    refusesPickle(p -> p.op(0x8c).op(1).op(0xff), "not UTF-8");
    refusesPickle(p -> p.op(0x80).op(6), "protocol 6");
    refusesPickle(p -> p.op(0x80).op(1), "protocol 1");
    refusesPickle(p -> p.op(0x95).number(99, 8), "frame is longer");
    refusesPickle(p -> p.op(0x95).number(-1, 8), "frame is longer");
    refusesPickle(p -> p.integer(1).integer(2).op(0x93), "a name is not a string");
    refusesPickle(p -> p.integer(1).op('Q'), "reference to stored values is malformed");
    refusesPickle(p -> p.storage("OrderedDict", "0", 1), "refuses to call torch.OrderedDict");
    refusesPickle(p -> p.storage("FloatStorage", "0", -1), "stored values is malformed");
  }

  private static void refusesPickle(UnaryOperator<PickleWriter> pickle, String complaint) {
    Refusal.of(Checkpoints.of(pickle.apply(new PickleWriter()).stop()), complaint, "data.pkl at");
  }

  @Test
  void refusesEndlessPickles() {
    byte[] many = "}".repeat((1 << 18) + 1).getBytes();
    refusesPickle(p -> p.raw(many), "more than 262144 lists, dicts and tuples");
    byte[] kept = new byte[(1 << 19) + 1];
    Arrays.fill(kept, (byte) 0x94);
    refusesPickle(p -> p.op('}').raw(kept), "keeps more than 524288 objects");
    byte[] large = new PickleWriter().op('}').raw(new byte[4 << 20]).stop();
    Refusal.of(Checkpoints.of(large), "over the limit");
  }

  @Test
  void refusesMalformedTensors() {
    refusesView(6, List.of(1L), List.of(1L), "reaches outside the 6 values stored");
    refusesView(0, List.of(2L, 4L), List.of(3L, 1L), "reaches outside");
    refusesView(0, List.of(2L, 3L), List.of(Long.MAX_VALUE, 1L), "reaches outside");
    refusesView(0, List.of(3L, 3L), List.of(1L << 62, 1L << 62), "reaches outside");
    refusesView(Long.MAX_VALUE, List.of(2L), List.of(1L), "reaches outside");
    refusesView(7, List.of(0L), List.of(1L), "reaches outside");
    refusesView(0, List.of(1L), List.of(1L, 1L), "description of a tensor is malformed");
    refusesView(-1, List.of(1L), List.of(1L), "is no count");
    refusesView(0, List.of(-1L), List.of(1L), "is no count");
    refusesView(0, List.of(2L), List.of(-1L), "is no count");
    refusesView(0, List.of(1L << 40), List.of(0L), "dimension of 1099511627776");
    refusesView(0, List.of(1L << 14, 1L << 14), List.of(0L, 0L), "over the limit");
    refusesView(0, List.of(1L << 14, 1L << 10), List.of(0L, 0L), "too many for what it stores");
    refusesPickle(
        p -> p.global("torch._utils", "_rebuild_tensor_v2").op(')').op('R'), "is malformed");
    refusesPickle(
        p -> p.global("torch._utils", "_rebuild_parameter").op(')').op('R'), "is malformed");
  }

  private static void refusesView(
      long offset, List<Long> size, List<Long> stride, String complaint) {
    Refusal.of(Checkpoints.view(SIX, offset, size, stride), complaint);
  }

  @Test
  void refusesStoragesThatDoNotFit() {
    String six = "24 bytes are stored for it";
    for (long count : new long[] {5, 7, 0, 1L << 62 | 6, Long.MAX_VALUE}) {
      byte[] bytes =
          dict(p -> p.text("w").tensor("FloatStorage", "0", count, 0, List.of(0), List.of(1)));
      Refusal.of(bytes, "tensor 'w' rests on " + count + " values", six);
    }
    Refusal.of(
        dict(p -> p.text("w").tensor("FloatStorage", "../0", 6, 0, List.of(6), List.of(1))),
        "rests on entry data/'../0', which is not there");
    Refusal.of(
        dict(p -> p.text("n").tensor("LongStorage", "0", 3, 0, List.of(3), List.of(1))),
        "tensor 'n' is a torch.LongStorage",
        ".float()");
  }

  @Test
  void refusesWhatIsNotFinite() {
    float[] values = {0, 1, Float.NEGATIVE_INFINITY, 3};
    Refusal.of(
        Checkpoints.view(values, 0, List.of(2L, 2L), List.of(1L, 2L)),
        "tensor 'w' holds -Infinity at [0, 1]");
  }

  @Test
  void refusesCheckpointsWithoutOrWithAmbiguousTensors() {
    Refusal.of(dict(p -> p.text("epoch").integer(3)), "holds no tensor");
    Refusal.of(
        dict(
            p -> {
              sixth(p.text("a").op('}').text("w")).op('s');
              return sixth(p.text("b").op('}').text("w")).op('s');
            }),
        "two tensors named 'w'");
    Refusal.of(dict(p -> sixth(p.text("k".repeat(1025)))), "a key of 1025 characters");
    Refusal.of(
        Checkpoints.of(
            new PickleWriter()
                .raw("]".repeat(70).getBytes())
                .raw("a".repeat(69).getBytes())
                .stop()),
        "more than 64 deep");
  }

  @Test
  void endsOnObjectsThatContainThemselves() {
    byte[] pickle = new PickleWriter().op(']').op('q').op(0).op('h').op(0).op('a').stop();
    Refusal.of(Checkpoints.of(pickle), "holds no tensor");
    pickle = new PickleWriter().op('}').op('q').op(0).text("model").op('h').op(0).op('s').stop();
    Refusal.of(Checkpoints.of(pickle), "holds no tensor");
  }

  /** "Aa" and "BB" have one hash, and so has every string of 16 of them. */
  @Test
  void readsManyKeysThatCollide() {
    byte[] bytes =
        dict(
            p -> {
              for (int i = 0; i < 1 << 16; i++) {
                StringBuilder key = new StringBuilder();
                for (int bit = 0; bit < 16; bit++) {
                  key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                p.text(key.toString()).op('N');
              }
              return sixth(p.text("w"));
            });
    assertEquals(List.of(new Tensor("w", List.of(1), new float[] {6})), read(bytes));
  }

  @Test
  void refusesOtherZips() {
    byte[] npy = TensorFiles.npy(B);
    Refusal.of(Checkpoints.zip(Map.of("w.npy", npy), ZipEntry.STORED), "NumPy .npz archive");
    Refusal.of(Checkpoints.zip(Map.of("a.txt", npy), ZipEntry.STORED), "a zip with 0 data.pkl");
    Refusal.of(
        Checkpoints.zip(Map.of("a/data.pkl", npy, "b/data.pkl", npy), ZipEntry.STORED),
        "a zip with 2 data.pkl");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x/data.pkl", sixth(new PickleWriter()).stop());
    entries.put("x/byteorder", "big".getBytes());
    Refusal.of(Checkpoints.zip(entries, ZipEntry.STORED), "big-endian");
  }
}
