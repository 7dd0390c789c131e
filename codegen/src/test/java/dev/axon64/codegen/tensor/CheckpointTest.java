package dev.axon64.codegen.tensor;

import static dev.axon64.codegen.tensor.Checkpoints.SIX;
import static dev.axon64.codegen.tensor.Checkpoints.dict;
import static dev.axon64.codegen.tensor.Checkpoints.sixth;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Checkpoints that are read, with the tensors in them. */
class CheckpointTest {
  private static final Tensor W = new Tensor("fc1.weight", List.of(2, 3), SIX);
  private static final Tensor B = new Tensor("fc1.bias", List.of(2), new float[] {-1, 0.5f});

  private static List<Tensor> read(byte[] bytes) {
    return TensorFiles.read(bytes, "given.file");
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
}
