package dev.axon64.codegen.tensor;

import static dev.axon64.codegen.tensor.Checkpoints.SIX;
import static dev.axon64.codegen.tensor.Checkpoints.dict;
import static dev.axon64.codegen.tensor.Checkpoints.sixth;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that are refused, each with what its message says. */
class CheckpointRefusalTest {
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

  @Test
  void refusesOtherZips() {
    byte[] npy = TensorFiles.npy(new Tensor("fc1.bias", List.of(2), new float[] {-1, 0.5f}));
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
