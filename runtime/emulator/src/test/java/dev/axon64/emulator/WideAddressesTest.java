package dev.axon64.emulator;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses of other widths than 48 bits, on all engines that have them. */
class WideAddressesTest {
  private static final long LAST_PAGE = -0x1000L;
  private static final int SVC = 0xd4000001;

  /**
   * Adds 8 bytes at x1 to x0 and counts in them, x2 times: ldr x3, [x1]; add x0, x0, x3; add x3,
   * x3, #1; str x3, [x1]; subs x2, x2, #1; b.ne the start; svc #0.
   */
  private static final int[] LOOP = {
    0xf9400023, 0x8b030000, 0x91000463, 0xf9000023, 0xf1000442, 0x54ffff61, SVC
  };

  private static List<EngineKind> engines() {
    List<EngineKind> kinds =
        EngineKinds.all().stream().filter(kind -> kind.addressBits() == 64).toList();
    assertTrue(kinds.size() >= 3, "scalar, translated, lanes");
    return kinds;
  }

  private static Emulator of(EngineKind kind, int bits) {
    return Axon64.emulator()
        .engine(kind)
        .dispatch(kind.policies().getFirst())
        .addressBits(bits)
        .build();
  }

  /** Long enough for the engine that translates to do so. */
  @ParameterizedTest
  @MethodSource("engines")
  void codeAndDataLieAtTheEnd(EngineKind kind) {
    long data = 0xffff_ffff_ffff_0000L;
    Emulator emulator =
        of(kind, 64)
            .map(data, 0x1000, READ | WRITE)
            .map(LAST_PAGE, 0x1000, READ | EXECUTE)
            .write(LAST_PAGE + 0x800, LOOP);
    long rounds = 300_000;
    Stop stop = null;
    for (int i = 1; i <= 3; i++) {
      stop = emulator.pc(LAST_PAGE + 0x800).x(0, 0).x(1, data).x(2, rounds).run(10_000_000);
      assertEquals(new Stop.SystemCall(0), stop);
      long first = (i - 1) * rounds;
      assertEquals((first + first + rounds - 1) * rounds / 2, emulator.x(0));
      assertArrayEquals(bytes(i * rounds), emulator.read(data, 8));
    }
    assertEquals(6 * rounds + 1, emulator.executed());
  }

  private static byte[] bytes(long value) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }

  /** A range that straddles the middle of all addresses, where their sign changes. */
  @ParameterizedTest
  @MethodSource("engines")
  void aMappingMayStraddleTheMiddle(EngineKind kind) {
    long middle = Long.MIN_VALUE;
    Emulator emulator =
        of(kind, 64)
            .map(middle - 0x2000, 0x4000, READ | WRITE)
            .map(0x10000, 0x1000, READ | EXECUTE)
            .write(0x10000, LOOP);
    assertEquals(1, emulator.memory().mappingsWithin(middle - 0x2000, 0x4000).size());
    for (long at = middle - 0x1804; at < middle + 0x1800; at += 0x3fd) {
      emulator.pc(0x10000).x(0, 0).x(1, at).x(2, 5_000).run(1_000_000);
      assertArrayEquals(bytes(5_000), emulator.read(at, 8));
    }
    assertThrows(IllegalArgumentException.class, () -> emulator.map(middle, 0x1000, READ));
    emulator.unmap(middle, 0x1000);
    Stop stop = emulator.pc(0x10000).x(1, middle - 4).x(2, 1).run(100);
    assertEquals(middle, ((Stop.Fault) stop).fault().address);
  }

  /** As one mapping they would have 2^64 bytes, which no long holds. */
  @ParameterizedTest
  @MethodSource("engines")
  void allAddressesMayBeMapped(EngineKind kind) {
    for (int first = 0; first < 4; first++) {
      Emulator emulator = of(kind, 64);
      for (int i = 0; i < 4; i++) {
        emulator.map((long) (first + i) << 62, 1L << 62, READ | WRITE);
      }
      for (int i = 0; i < 4; i++) {
        emulator.write(((long) i << 62) + 8, bytes(i + 1));
      }
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(bytes(i + 1), emulator.read(((long) i << 62) + 8, 8));
      }
      emulator.memory().mappings().forEach(mapping -> assertTrue(mapping.size() != 0));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void behindTheLastAddressComesTheFirst(EngineKind kind) {
    Emulator emulator =
        of(kind, 64)
            .map(LAST_PAGE, 0x1000, READ | WRITE | EXECUTE)
            .map(0, 0x1000, READ | WRITE | EXECUTE)
            .write(0, SVC);
    // ldr x3, [x1]; str x2, [x1]; and on to address 0.
    emulator.write(-8L, 0xf9400023, 0xf9000022);
    emulator.write(-16L, new byte[] {1, 2, 3, 4});
    emulator.write(0x100, new byte[] {5, 6, 7, 8});
    Stop stop = emulator.pc(-8).x(1, -8).x(2, 0x7fL << 32 | SVC & 0xffff_ffffL).run(100);
    assertEquals(new Stop.SystemCall(0), stop, "the store changed what has been executed");
    assertEquals(4, emulator.pc());
    assertEquals(0xf9000022_f9400023L, emulator.x(3));

    // The data of one access on both sides: ldr x3, [x1]; str x2, [x1]; svc #0, at 0x200.
    emulator.write(0x200, 0xf9400023, 0xf9000022, SVC).write(-4L, 0x04030201).write(0, 0x08070605);
    assertEquals(new Stop.SystemCall(0), emulator.pc(0x200).x(1, -4).x(2, -2).run(100));
    assertEquals(0x0807060504030201L, emulator.x(3));
    assertArrayEquals(bytes(-2), emulator.read(-4, 8));
    emulator.unmap(0, 0x1000).map(0x10000, 0x1000, READ | EXECUTE);
    emulator.write(0x10000, 0xf9400023);
    MemoryFault fault = ((Stop.Fault) emulator.pc(0x10000).x(1, -4).run(100)).fault();
    assertEquals(0, fault.address, "the first byte that cannot be read");
  }

  @Test
  void hooksSeeHighAddresses() {
    List<String> seen = new ArrayList<>();
    Emulator emulator =
        of(EngineKinds.reference(), 64)
            .map(LAST_PAGE, 0x1000, READ | WRITE | EXECUTE)
            .map(0, 0x1000, READ | WRITE)
            .write(LAST_PAGE, LOOP);
    emulator.onCode(LAST_PAGE, LAST_PAGE + 4, (e, at, word) -> seen.add("code %x".formatted(at)));
    emulator.onBlock(LAST_PAGE, 0, (e, at) -> seen.add("block %x".formatted(at)));
    emulator.onMemory(0, 8, (e, access) -> seen.add(access.toString()));
    emulator.onMemory(8, LAST_PAGE, (e, access) -> seen.add("elsewhere"));
    emulator.pc(LAST_PAGE).x(1, -4).x(2, 1).run(100);
    assertEquals(
        List.of(
            "block fffffffffffff000",
            "code fffffffffffff000",
            "load of 8 bytes at 0xfffffffffffffffc: 0x0",
            "store of 8 bytes at 0xfffffffffffffffc: 0x1",
            "block fffffffffffff018"),
        seen);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void snapshotsKeepHighPages(EngineKind kind) {
    Emulator emulator = of(kind, 64).map(LAST_PAGE, 0x1000, READ | WRITE).write(-8, bytes(7));
    Snapshot snapshot = emulator.snapshot();
    emulator.write(-8, bytes(8)).restore(snapshot);
    assertArrayEquals(bytes(7), emulator.read(-8, 8));
    emulator.map(0, 0x1000, READ).write(-8, bytes(9)).restore(snapshot);
    assertArrayEquals(bytes(7), emulator.read(-8, 8));
    assertEquals(1, emulator.memory().mappingCount());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsOutsideFaults(EngineKind kind) {
    for (int bits : new int[] {32, 39, 48, 52, 55, 63}) {
      long end = 1L << bits;
      Emulator emulator =
          of(kind, bits)
              .map(end - 0x1000, 0x1000, READ | WRITE)
              .map(0x10000, 0x1000, READ | EXECUTE)
              .write(0x10000, 0xf9400023); // ldr x3, [x1]
      assertEquals(Stop.BUDGET, emulator.pc(0x10000).x(1, end - 8).run(1));
      for (long at : new long[] {end, end - 4}) {
        MemoryFault fault = ((Stop.Fault) emulator.pc(0x10000).x(1, at).run(1)).fault();
        assertEquals(end, fault.address, bits + " bits");
        assertEquals(MemoryFault.Reason.UNMAPPED, fault.reason);
      }
      assertEquals(end - 1, emulator.memory().last());
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> emulator.map(end, 0x1000, READ));
      assertEquals(
          "0x%x + 0x1000: ends behind the last address of %d bits, 0x%x"
              .formatted(end, bits, end - 1),
          refused.getMessage());
    }
  }

  /** The top byte is a tag with up to 55 bits, and a part of the address with more. */
  @ParameterizedTest
  @MethodSource("engines")
  void tagsAreIgnoredWhereTheyAreNoAddress(EngineKind kind) {
    for (int bits : new int[] {32, 48, 55, 56, 64}) {
      List<Long> told = new ArrayList<>();
      Emulator emulator =
          of(kind, bits)
              .map(0x20000, 0x1000, READ | WRITE)
              .map(0x10000, 0x1000, READ | EXECUTE)
              .write(0x10000, 0xf9400023) // ldr x3, [x1]
              .write(0x20000, bytes(99));
      emulator.onMemory(0x20000, 0x20008, (e, access) -> told.add(access.address()));
      Stop stop = emulator.pc(0x10000).x(1, 0xab00_0000_0002_0000L).run(1);
      if (bits <= 55) {
        assertEquals(99, emulator.x(3), bits + " bits");
        assertEquals(List.of(0x20000L), told);
      } else {
        assertEquals(0xab00_0000_0002_0000L, ((Stop.Fault) stop).fault().address);
      }
    }
  }

  @Test
  void widthsAreRefusedThatCannotBe() {
    for (int bits : new int[] {0, 31, 65, -1}) {
      assertEquals(
          "addresses of " + bits + " bits: takes 32 to 64",
          assertThrows(IllegalArgumentException.class, () -> Axon64.emulator().addressBits(bits))
              .getMessage());
    }
  }

  /** An engine that is the reference but for its addresses. */
  private record Narrow(EngineKind like) implements EngineKind {
    @Override
    public String name() {
      return "narrow";
    }

    @Override
    public int addressBits() {
      return 48;
    }

    @Override
    public List<Engines.Policy> policies() {
      return like.policies();
    }

    @Override
    public boolean profiles() {
      return false;
    }

    @Override
    public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
      return like.open(network, policy, profile);
    }
  }

  @Test
  void anEngineWithFewerBitsIsRefused() {
    EmulatorBuilder builder = Axon64.emulator().engine(new Narrow(EngineKinds.reference()));
    builder.addressBits(48).build();
    assertEquals(
        "engine narrow: has addresses of at most 48 bits, not 49; choose another",
        assertThrows(InputException.class, () -> builder.addressBits(49).build()).getMessage());
  }
}
