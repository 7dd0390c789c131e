package dev.axon64.metal.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs, buffers and launches on a device, and what goes wrong with them. */
class DeviceTest {
  private static final int THREADS = 1000;
  private static final SourceFile TWICE =
      new SourceFile(
          "twice.cl",
          """
          kernel void twice(global uint* x, constant uint* counts) {
            uint gid = (uint)get_global_id(0);
            if (gid < counts[0]) {
              x[gid] = 2u * x[gid];
            }
          }
          """);

  @TempDir Path cache;

  private DeviceInfo openClDevice() {
    System.setProperty("axon64.cache", cache.toString());
    DeviceInfo info = RealDevice.assumed();
    org.junit.jupiter.api.Assumptions.assumeTrue(info.api().equals("opencl"));
    return info;
  }

  @AfterEach
  void reset() {
    System.clearProperty("axon64.cache");
  }

  private static void twice(Device device, DeviceProgram program, int times) {
    try (Arena arena = Arena.ofConfined();
        DeviceBuffer numbers = device.buffer(THREADS * 4);
        DeviceBuffer count = device.buffer(4)) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_INT, THREADS);
      for (int i = 0; i < THREADS; i++) {
        host.setAtIndex(ValueLayout.JAVA_INT, i, i);
      }
      numbers.write(0, host);
      count.write(0, arena.allocateFrom(ValueLayout.JAVA_INT, THREADS));
      for (int i = 0; i < times; i++) {
        program.launch("twice", THREADS, 64, List.of(numbers, count));
      }
      device.finish();
      numbers.read(0, host);
      for (int i = 0; i < THREADS; i++) {
        int expected = times < 32 ? i << times : 0;
        assertEquals(expected, host.getAtIndex(ValueLayout.JAVA_INT, i));
      }
    }
  }

  @Test
  void aProgramRuns() {
    try (Device device = openClDevice().open();
        DeviceProgram program = device.build(TWICE, false)) {
      twice(device, program, 3);
    }
  }

  /** The second build takes the first one's binary; one that is damaged is not believed. */
  @Test
  void binariesAreKept() throws IOException {
    DeviceInfo info = openClDevice();
    for (int build = 0; build < 3; build++) {
      try (Device device = info.open();
          DeviceProgram program = device.build(TWICE, false)) {
        twice(device, program, 1);
      }
      List<Path> kept = kept();
      assertEquals(1, kept.size());
      if (build == 1) {
        Files.write(kept.getFirst(), new byte[] {1, 2, 3});
      }
    }
    assertTrue(Files.size(kept().getFirst()) > 3, "the damaged binary was replaced");
  }

  private List<Path> kept() throws IOException {
    try (var files = Files.list(cache)) {
      return files.toList();
    }
  }

  @Test
  void aProgramThatDoesNotCompileIsRefusedInOneLine() {
    SourceFile wrong =
        new SourceFile("wrong.cl", TWICE.text().replace("2u * x[gid]", "2u * y[gid]"));
    try (Device device = openClDevice().open()) {
      InputException e = assertThrows(InputException.class, () -> device.build(wrong, false));
      assertTrue(e.getMessage().contains("refuses wrong.cl"), e.getMessage());
      assertTrue(e.getMessage().contains("'y'"), e.getMessage());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
  }

  @Test
  void aKernelThatIsNotThereIsNamed() {
    try (Device device = openClDevice().open();
        DeviceProgram program = device.build(TWICE, false)) {
      InputException e =
          assertThrows(InputException.class, () -> program.launch("thrice", 1, 1, List.of()));
      assertTrue(e.getMessage().contains("kernel thrice: no kernel of that name"), e.getMessage());
    }
  }

  @Test
  void tooLargeABufferIsRefused() {
    DeviceInfo info = openClDevice();
    try (Device device = info.open()) {
      InputException e =
          assertThrows(InputException.class, () -> device.buffer(info.largest() + 1));
      assertTrue(e.getMessage().contains("bytes at most"), e.getMessage());
    }
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() {
    InputException e = assertThrows(InputException.class, () -> Devices.named("abacus"));
    assertTrue(e.getMessage().startsWith("engine gpu:abacus: no such device; there is ["));
  }

  /** Launches, buffers, programs and devices that were closed take no memory. */
  @Test
  void tenThousandLaunchesLeakNothing() throws IOException {
    DeviceInfo info = openClDevice();
    launches(info, 2_000);
    // The JVM grows at times, a leak each time.
    long least = Long.MAX_VALUE;
    for (int turn = 0; turn < 3 && least >= 16 << 20; turn++) {
      long before = resident();
      launches(info, 10_000);
      least = Math.min(least, resident() - before);
      System.out.printf("10,000 launches: %,d KiB more at least%n", least >> 10);
    }
    assertTrue(least < 16 << 20, least + " bytes");
  }

  /** Opens a device for each hundred launches, and makes buffers for each ten. */
  private static void launches(DeviceInfo info, int count) {
    for (int i = 0; i < count; i += 100) {
      try (Device device = info.open();
          DeviceProgram program = device.build(TWICE, false)) {
        for (int j = 0; j < 10; j++) {
          twice(device, program, 10);
        }
      }
    }
  }

  /** Bytes of this process in memory, on Linux. */
  private static long resident() throws IOException {
    System.gc();
    Path status = Path.of("/proc/self/statm");
    return Files.exists(status) ? Long.parseLong(Files.readString(status).split(" ")[1]) * 4096 : 0;
  }
}
