package dev.axon64.metal.apple;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceProgram;
import dev.axon64.metal.engine.DeviceDispatcher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The Metal host from end to end, on a stand-in for Apple's libraries. */
class MetalHostTest {
  private static final int THREADS = 100;
  private static final SourceFile TWICE =
      new SourceFile(
          "twice.metal",
          """
          #include <metal_stdlib>
          using namespace metal;
          kernel void twice(device uint* x [[buffer(0)]], constant uint& count [[buffer(1)]],
              uint gid [[thread_position_in_grid]]) {
            if (gid < count) {
              x[gid] = 2u * x[gid];
            }
          }
          """);

  @TempDir static Path folder;
  private static StandIn standIn;

  @BeforeAll
  static void build() throws Exception {
    standIn = new StandIn(folder);
  }

  @AfterAll
  static void close() {
    if (standIn != null) {
      standIn.close();
    }
  }

  /** Doubles numbers so many times, and gives them. */
  private static int[] twice(Device device, DeviceProgram program, int times, boolean swapped) {
    try (Arena arena = Arena.ofConfined();
        DeviceBuffer numbers = device.buffer(THREADS * 4);
        DeviceBuffer count = device.buffer(4)) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_INT, THREADS);
      for (int i = 0; i < THREADS; i++) {
        host.setAtIndex(ValueLayout.JAVA_INT, i, i);
      }
      numbers.write(0, host);
      count.write(0, arena.allocateFrom(ValueLayout.JAVA_INT, THREADS));
      List<DeviceBuffer> buffers = swapped ? List.of(count, numbers) : List.of(numbers, count);
      for (int i = 0; i < times; i++) {
        program.launch("twice", THREADS, 32, buffers);
      }
      device.finish();
      numbers.read(0, host);
      return host.toArray(ValueLayout.JAVA_INT);
    }
  }

  private static int[] doubled(int times) {
    return IntStream.range(0, THREADS).map(i -> i << times).toArray();
  }

  /** Many launches, after which no object is left. */
  @Test
  void aProgramRunsAndLeavesNothing() {
    assertEquals("Stand-in", standIn.device().name());
    long before = standIn.living();
    try (Device device = standIn.device().open();
        DeviceProgram program = device.build(TWICE, false)) {
      assertArrayEquals(doubled(3), twice(device, program, 3, false));
      for (int i = 0; i < 1000; i++) {
        assertArrayEquals(doubled(10), twice(device, program, 10, false));
      }
    }
    assertEquals(before, standIn.living());
  }

  @Test
  void buffersAtWrongIndexesAreSeen() {
    try (Device device = standIn.device().open();
        DeviceProgram program = device.build(TWICE, false)) {
      int[] same = doubled(0);
      assertArrayEquals(same, twice(device, program, 1, true), "the count was read of numbers");
    }
  }

  @Test
  void aProgramThatDoesNotCompileIsRefusedInOneLine() {
    SourceFile wrong = new SourceFile("wrong.metal", TWICE.text().replace("2u * x", "2u * nobody"));
    try (Device device = standIn.device().open()) {
      InputException e = assertThrows(InputException.class, () -> device.build(wrong, false));
      assertTrue(e.getMessage().startsWith("device Stand-in: refuses wrong.metal: "));
      assertTrue(e.getMessage().contains("nobody"), e.getMessage());
    }
  }

  @Test
  void aKernelThatIsNotThereIsNamed() {
    try (Device device = standIn.device().open();
        DeviceProgram program = device.build(TWICE, false)) {
      InputException e =
          assertThrows(InputException.class, () -> program.launch("thrice", 1, 1, List.of()));
      assertEquals("device Stand-in: kernel thrice: no kernel of that name", e.getMessage());
    }
  }

  @Test
  void wrongSelectorsAndSizesAreNoMessages() {
    ObjC objc = standIn.objc();
    MemorySegment options = objc.object(objc.type("MTLCompileOptions"), "new");
    wrong(
        "an object does not understand setMathsMode:",
        () -> objc.send(options, "setMathsMode:", 0L));
    wrong(
        "setMathMode: is sent as vB and is of type v24@0:8q16",
        () -> objc.send(options, "setMathMode:", (byte) 0));
    wrong(
        "setMathMode: is sent as v and is of type v24@0:8q16",
        () -> objc.send(options, "setMathMode:"));
    wrong(
        "setMathMode: is sent as QQ and is of type v24@0:8q16",
        () -> objc.number(options, "setMathMode:", 0L));
    objc.send(options, "release");
  }

  private static void wrong(String message, Executable sent) {
    assertEquals(message, assertThrows(IllegalStateException.class, sent).getMessage());
  }

  /** The generated shaders, in Metal as a Mac would get them. */
  @Test
  void dispatchAnswersAsTheReference() {
    int count = 5000;
    SplittableRandom random = new SplittableRandom(17);
    int[] words = random.ints(count).toArray();
    long[] pcs = random.longs(count).toArray();
    int[] expected = new int[count];
    new ReferenceDispatcher(Models.shipped("a64")).kernels(words, pcs, expected, 0, count);
    try (DeviceDispatcher baked =
            DeviceDispatcher.baked(standIn.device().open(), Models.shipped("a64"));
        DeviceDispatcher buffered =
            DeviceDispatcher.buffered(standIn.device().open(), Models.shipped("a64"))) {
      for (DeviceDispatcher dispatcher : List.of(baked, buffered)) {
        int[] kernels = new int[count];
        dispatcher.kernels(words, pcs, kernels, 0, count);
        assertArrayEquals(expected, kernels);
      }
    }
  }

  @Test
  void encodingsAreRead() {
    assertEquals("vQQ", MethodTypes.of("v32@0:8Q16q24"));
    assertEquals("v{{", MethodTypes.of("v64@0:8{?=QQQ}16{MTLSize=QQQ}40"));
    assertEquals("@@@@", MethodTypes.of("@40@0:8@\"NSString\"16@24^@32"));
    assertEquals("v?", MethodTypes.of("v40@0:8{?=QQ}16"));
    assertEquals("vB", MethodTypes.of("v20@0:8c16"));
  }
}
