package dev.axon64.propose.companion.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.StepEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.BareGuest;
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.PatternProposal.Direction;
import dev.axon64.propose.companion.PatternProposal.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopRecorderTest {
  private static final long CODE = 0x10000;
  private static final long DATA = 0x100000;
  private static final int SVC = 0xd4000001;

  private static LoopSample only(int... code) {
    CpuState guest = BareGuest.of(CODE, code, DATA, 0x10000);
    guest.x[0] = DATA;
    guest.x[1] = 100;
    guest.x[2] = DATA + 0x8000;
    LoopRecorder recorder = new LoopRecorder();
    StepEngine engine = new StepEngine(ShippedDispatcher.A64.dispatcher(), recorder);
    assertEquals(new Stop.SystemCall(0), engine.run(guest, 1_000_000));
    assertEquals(1, recorder.samples().size());
    return recorder.samples().get(0);
  }

  @Test
  void aFillThatCountsDown() {
    // str xzr, [x0], #8; subs x1, x1, #1; b.ne
    LoopSample sample = only(0xf800841f, 0xf1000421, 0x54ffffc1, SVC);
    assertEquals(LoopType.MEMORY_FILL, sample.type());
    assertTrue(sample.counts(new LoopProposal(LoopType.MEMORY_FILL, 1, 1)));
    assertEquals(sample.registers()[1], sample.iterations());
    assertEquals(Kind.MEMSET, sample.kind());
    assertEquals(1 << 0, sample.destinationSet());
    assertEquals(0, sample.sourceSet());
    assertEquals(8, sample.elementBytes());
    assertEquals(Direction.UPWARDS, sample.direction());
    assertEquals(29, sample.begin());
  }

  @Test
  void aCopy() {
    // ldr x3, [x2], #8; str x3, [x0], #8; subs x1, x1, #1; b.ne
    LoopSample sample = only(0xf8408443, 0xf8008403, 0xf1000421, 0x54ffffa1, SVC);
    assertEquals(Kind.MEMCPY, sample.kind());
    assertEquals(1 << 0, sample.destinationSet());
    assertEquals(1 << 2, sample.sourceSet());
    assertEquals(sample.registers()[1], sample.iterations());
  }

  @Test
  void aLoopThatTheCheckerCannotFollow() {
    // lsr x1, x1, #1; cbnz x1: halves, so that no number is subtracted each time
    LoopSample sample = only(0xd341fc21, 0xb5ffffe1, SVC);
    assertEquals(LoopType.UNKNOWN, sample.type());
  }

  @Test
  void whatIsWrittenIsReadBack(@TempDir Path folder) {
    LoopSample sample = only(0xf8408443, 0xf8008403, 0xf1000421, 0x54ffffa1, SVC);
    Path file = folder.resolve("loops.npy");
    LoopSample.write(file, List.of(sample));
    LoopSample back = LoopSample.read(file).get(0);
    assertArrayEquals(sample.words(), back.words());
    assertArrayEquals(sample.registers(), back.registers());
    assertEquals(sample.counters(), back.counters());
    assertEquals(sample.destinations(), back.destinations());
    assertEquals(sample.sources(), back.sources());
    assertEquals(sample.iterations(), back.iterations());
    assertEquals(sample.kind(), back.kind());
  }

  @Test
  void anotherFileIsRefused(@TempDir Path folder) {
    Path file = folder.resolve("other.npy");
    // As loops were recorded once: 16 bits in each float32.
    TensorFiles.writeNpy(file, new Tensor("", List.of(2, 212), new float[424]));
    InputException refusal = assertThrows(InputException.class, () -> LoopSample.read(file));
    assertEquals(
        file + ": holds no loops as they are recorded now; record them again with 'axon64 trace'",
        refusal.getMessage());
    AccessSample.write(file, List.of());
    refusal = assertThrows(InputException.class, () -> LoopSample.read(file));
    assertTrue(refusal.getMessage().contains("holds no loops"), refusal.getMessage());
    LoopSample.write(file, List.of());
    assertEquals(List.of(), LoopSample.read(file));
    refusal = assertThrows(InputException.class, () -> AccessSample.read(file));
    assertTrue(refusal.getMessage().contains("holds no accesses"), refusal.getMessage());
  }
}
