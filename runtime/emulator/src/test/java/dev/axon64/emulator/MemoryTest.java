package dev.axon64.emulator;

import static dev.axon64.emulator.Guests.BRK;
import static dev.axon64.emulator.Guests.CODE;
import static dev.axon64.emulator.Guests.DATA;
import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Device;
import dev.axon64.machine.memory.MemoryFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static void refused(String message, Consumer<Emulator> what) {
    Emulator emulator = Guests.factorial();
    emulator.write(DATA, new byte[] {7});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> what.accept(emulator));
    assertEquals(message, e.getMessage());
    assertEquals(7, emulator.read(DATA, 1)[0], "nothing has changed");
    assertEquals(2, emulator.memory().mappingCount());
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    refused(
        "map: 0x20000 is mapped already; unmap it first", e -> e.map(DATA, 0x1000, READ | WRITE));
    refused(
        "map: 0x20000 is mapped already; unmap it first", e -> e.map(DATA - 0x1000, 0x2000, READ));
    refused(
        "map: 0x20000 is mapped already; unmap it first",
        e -> e.mapBuffer(DATA, MemorySegment.ofArray(new byte[4096]), READ));
    refused(
        "protection: 99 is no sum of READ 1, WRITE 2 and EXECUTE 4",
        e -> e.map(0x50000, 0x1000, 99));
    refused(
        "protection: 8 is no sum of READ 1, WRITE 2 and EXECUTE 4",
        e -> e.protect(DATA, 0x1000, 8));
    refused("unmap: 0x50000 is not mapped", e -> e.unmap(0x50000, 0x1000));
    refused("unmap: 0x22000 is not mapped", e -> e.unmap(DATA, 0x3000));
    refused("protect: 0x50000 is not mapped", e -> e.protect(0x50000, 0x1000, READ));
    refused(
        "0x50001 + 0x1000: takes whole pages of 4096 bytes, at least one",
        e -> e.map(0x50001, 0x1000, READ));
    refused(
        "0x50000 + 0x0: takes whole pages of 4096 bytes, at least one", e -> e.map(0x50000, 0, 1));
    refused(
        "0xfffffffff000 + 0x2000: ends behind the last address of 48 bits, 0xffffffffffff",
        e -> e.map(0xffff_ffff_f000L, 0x2000, READ));
    refused(
        "0xffff000000000000 + 0x1000: ends behind the last address of 48 bits, 0xffffffffffff",
        e -> e.map(-1L << 48, 0x1000, READ));
    refused("read: a size of -1 is below 0", e -> e.read(DATA, -1));
    assertThrows(IllegalArgumentException.class, () -> Axon64.emulator().memoryLimit(-1).build());
  }

  /** Of a write that reaches beyond what is mapped, nothing is done. */
  @Test
  void debuggersReadAndWriteWhateverIsMapped() {
    Emulator emulator = Guests.factorial().protect(DATA, 0x1000, 0);
    emulator.write(DATA + 0xfff, new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, emulator.read(DATA + 0xfff, 2));
    assertEquals(0, emulator.memory().mappingAt(DATA).protection());
    byte[] large = new byte[0x3000];
    large[0] = 9;
    MemoryFault fault = assertThrows(MemoryFault.class, () -> emulator.write(DATA, large));
    assertEquals(DATA + 0x2000, fault.address);
    assertEquals(0, emulator.read(DATA, 1)[0]);
    assertThrows(MemoryFault.class, () -> emulator.read(DATA, 0x3000));
  }

  /** Counts, and answers with what it is asked. */
  private static final class Recorder implements Device {
    final List<String> seen = new ArrayList<>();

    @Override
    public long load(long offset, int size) {
      seen.add("load %x %d".formatted(offset, size));
      return 0x8877665544332200L + offset;
    }

    @Override
    public void store(long offset, int size, long value) {
      seen.add("store %x %d %x".formatted(offset, size, value));
    }
  }

  @Test
  void devicesAnswer() {
    for (EngineKind kind : EngineKinds.all()) {
      Recorder device = new Recorder();
      Emulator emulator =
          Axon64.emulator()
              .engine(kind)
              .build()
              .map(CODE, 0x1000, READ | EXECUTE)
              // str w3, [x2, #4]; ldr x4, [x2, #8]; ldrsb x5, [x2]; ldr q0, [x2, #16]
              .write(CODE, 0xb9000443, 0xf9400444, 0x39800045, 0x3dc00440, BRK)
              .mapDevice(DATA, 0x2000, device)
              .pc(CODE)
              .x(2, DATA + 0x1000)
              .x(3, -1);
      assertInstanceOf(Stop.Trap.class, emulator.run(100), kind.name());
      assertEquals(
          List.of(
              "store 1004 4 ffffffff", "load 1008 8", "load 1000 1", "load 1010 8", "load 1018 8"),
          device.seen,
          kind.name());
      assertEquals(0x8877665544333208L, emulator.x(4));
      assertEquals(0, emulator.x(5));
      emulator.pc(DATA);
      assertInstanceOf(Stop.Fault.class, emulator.run(1), "nothing can be executed there");
    }
  }

  @Test
  void whatADeviceThrowsReachesTheCaller() {
    RuntimeException mine = new UnsupportedOperationException("mine");
    Emulator emulator = Guests.of(0xd503201f, 0xf9000043, BRK).x(2, 0x50000); // nop; str x3, [x2]
    emulator.mapDevice(
        0x50000,
        0x1000,
        new Device() {
          @Override
          public long load(long offset, int size) {
            return 0;
          }

          @Override
          public void store(long offset, int size, long value) {
            throw mine;
          }
        });
    assertSame(mine, assertThrows(RuntimeException.class, () -> emulator.run(10)));
    assertEquals(CODE + 4, emulator.pc());
    assertEquals(1, emulator.executed());
  }

  @Test
  void buffersOfTheHostAreShared() {
    byte[] array = new byte[0x3000];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment outside = arena.allocate(0x1000);
      Emulator emulator =
          // ldr x4, [x2]; str x3, [x2, #8]; ldr x5, [x1]; str x3, [x1, #8]
          Guests.of(0xf9400044, 0xf9000443, 0xf9400025, 0xf9000423, BRK)
              .mapBuffer(0x50000, MemorySegment.ofArray(array).asSlice(0x1000), READ | WRITE)
              .mapBuffer(0x60000, outside, READ | WRITE)
              .x(1, 0x60000)
              .x(2, 0x51000)
              .x(3, 0x0102);
      for (int i = 1; i < 4; i++) {
        array[0x2000] = (byte) i;
        outside.set(ValueLayout.JAVA_BYTE, 0, (byte) -i);
        emulator.pc(CODE).x(3, i << 8).run(100);
        assertEquals(i, emulator.x(4));
        assertEquals(256 - i, emulator.x(5));
        assertEquals(i, array[0x2009]);
        assertEquals(i, outside.get(ValueLayout.JAVA_BYTE, 9));
      }
    }
  }

  /** The arena that the buffer came from is closed while it is mapped. */
  @Test
  void aBufferThatIsGoneIsNoneOfTheJvmsTroubles() {
    Emulator emulator = Guests.of(0xf9400044, BRK).x(2, 0x50000);
    try (Arena arena = Arena.ofConfined()) {
      emulator.mapBuffer(0x50000, arena.allocate(0x1000), READ);
      emulator.run(1);
    }
    assertThrows(IllegalStateException.class, () -> emulator.pc(CODE).run(1));
  }

  @Test
  void aBufferThatIsReadOnlyCannotBeWritten() {
    Emulator emulator = Guests.of(0xf9000443, BRK).x(2, 0x50000);
    emulator.mapBuffer(0x50000, MemorySegment.ofArray(new byte[0x1000]).asReadOnly(), READ | WRITE);
    Stop.Fault fault = assertInstanceOf(Stop.Fault.class, emulator.run(10));
    assertEquals(MemoryFault.Reason.FORBIDDEN, fault.fault().reason);
  }

  @Test
  void buffersMustBeWholePages() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Guests.of(BRK).mapBuffer(0x50000, MemorySegment.ofArray(new byte[100]), READ));
  }

  /** Random stores, by the guest and from outside, on all engines. */
  @Test
  void snapshotsBringBackWhatWasThere() {
    java.util.Random random = new java.util.Random(1);
    for (EngineKind kind : EngineKinds.all()) {
      Emulator emulator =
          Axon64.emulator()
              .engine(kind)
              .build()
              .map(CODE, 0x1000, READ | EXECUTE)
              .map(DATA, 0x40000, READ | WRITE)
              .write(CODE, 0xf9000043, BRK) // str x3, [x2]
              .pc(CODE);
      byte[] content = new byte[0x20000];
      random.nextBytes(content);
      emulator.write(DATA, content);
      byte[] expected = emulator.read(DATA, 0x40000);
      Snapshot first = emulator.snapshot();
      AddressSpace space = emulator.memory();
      for (int i = 0; i < 100; i++) {
        for (int j = random.nextInt(5); j > 0; j--) {
          emulator.pc(CODE).x(3, random.nextLong()).x(2, DATA + random.nextInt(0x3f000));
          emulator.run(1);
          emulator.write(DATA + random.nextInt(0x3f000), new byte[] {(byte) i});
        }
        emulator.restore(first);
        assertSame(space, emulator.memory(), "only pages are restored");
        if (i % 10 == 0) {
          assertArrayEquals(expected, emulator.read(DATA, 0x40000), kind.name());
        }
      }
      assertArrayEquals(expected, emulator.read(DATA, 0x40000), kind.name());
    }
  }

  /** Back and forth, with mappings that come and go between them. */
  @Test
  void severalSnapshots() {
    Emulator emulator = Guests.of(BRK);
    emulator.write(DATA, new byte[] {1});
    Snapshot one = emulator.snapshot();
    emulator.write(DATA, new byte[] {2}).map(0x50000, 0x1000, READ | WRITE);
    emulator.write(0x50000, new byte[] {5});
    Snapshot two = emulator.snapshot();
    emulator.write(DATA, new byte[] {3}).unmap(0x50000, 0x1000);
    for (int i = 0; i < 3; i++) {
      emulator.restore(one);
      assertEquals(1, emulator.read(DATA, 1)[0]);
      assertThrows(MemoryFault.class, () -> emulator.read(0x50000, 1));
      emulator.write(DATA, new byte[] {9});
      emulator.restore(one);
      assertEquals(1, emulator.read(DATA, 1)[0]);
      emulator.restore(two);
      assertEquals(2, emulator.read(DATA, 1)[0]);
      assertEquals(5, emulator.read(0x50000, 1)[0]);
      emulator.protect(DATA, 0x1000, READ);
      emulator.restore(two);
      assertEquals(READ | WRITE, emulator.memory().mappingAt(DATA).protection());
    }
    one.close();
    assertThrows(IllegalStateException.class, () -> emulator.restore(one));
    emulator.restore(two);
  }

  /** Code that was written after it had been executed. */
  @Test
  void snapshotsBringBackCode() {
    for (EngineKind kind : EngineKinds.all()) {
      Emulator emulator =
          Axon64.emulator()
              .engine(kind)
              .build()
              .map(CODE, 0x1000, READ | WRITE | EXECUTE)
              .write(CODE, 0xd2800020, BRK) // mov x0, #1
              .pc(CODE);
      emulator.run(5);
      Snapshot snapshot = emulator.snapshot();
      for (int i = 0; i < 3; i++) {
        emulator.write(CODE, 0xd2800040).pc(CODE).run(5);
        assertEquals(2, emulator.x(0), kind.name());
        emulator.restore(snapshot).pc(CODE).run(5);
        assertEquals(1, emulator.x(0), kind.name());
      }
    }
  }

  @Test
  void hooksForMemoryOutliveSnapshots() {
    List<Long> seen = new ArrayList<>();
    Emulator emulator = Guests.of(0xf9000043, BRK).x(2, DATA);
    Snapshot one = emulator.snapshot();
    Hook hook = emulator.onMemory((e, access) -> seen.add(access.address()));
    emulator.run(10);
    emulator.restore(one).run(10);
    emulator.map(0x50000, 0x1000, READ).restore(one).run(10);
    assertEquals(List.of(DATA, DATA, DATA), seen);
    hook.remove();
    emulator.restore(one).run(10);
    assertEquals(3, seen.size());
  }

  @Test
  void contextsAreRegistersAlone() {
    Emulator emulator = Guests.factorial().x(0, 4).v(5, 6, 7).nzcv(0x9000_0000);
    emulator.write(DATA, new byte[] {1});
    Context context = emulator.context();
    emulator.run(1_000);
    emulator.write(DATA, new byte[] {2}).v(5, 0, 0);
    emulator.restore(context);
    assertEquals(CODE, emulator.pc());
    assertEquals(4, emulator.x(0));
    assertArrayEquals(new long[] {6, 7}, emulator.v(5));
    assertEquals(0x9000_0000, emulator.nzcv());
    assertEquals(2, emulator.read(DATA, 1)[0]);
    assertTrue(emulator.executed() > 0);
  }
}
