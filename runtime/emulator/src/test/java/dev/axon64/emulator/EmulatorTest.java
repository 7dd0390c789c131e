package dev.axon64.emulator;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.TrapKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorTest {
  private static final long CODE = 0x10000;
  private static final long DATA = 0x20000;

  /** Multiplies the numbers from x0 down to 1 into x1: mov x1, #1; mul; subs; b.ne; svc #7; brk. */
  private static final int[] FACTORIAL = {
    0xd2800021, 0x9b007c21, 0xf1000400, 0x54ffffc1, 0xd40000e1, 0xd4200000
  };

  private static Emulator factorial() {
    return Axon64.emulator()
        .build()
        .map(CODE, 0x1000, READ | EXECUTE)
        .map(DATA, 0x1000, READ | WRITE)
        .write(CODE, FACTORIAL)
        .pc(CODE);
  }

  @Test
  void readmeExample() {
    Emulator emulator = factorial().x(0, 10);
    Stop stop = emulator.run(1_000);
    assertEquals(new Stop.SystemCall(7), stop);
    assertEquals(3628800, emulator.x(1));
    assertEquals(1 + 3 * 10 + 1, emulator.executed());
    assertEquals(CODE + 20, emulator.pc());
  }

  @Test
  void readmeExampleOfLanes() {
    List<Emulator> guests = IntStream.range(0, 128).mapToObj(i -> factorial().x(0, 1 + i)).toList();
    LaneEngine lanes = Axon64.lanes();
    Stop[] stops = lanes.run(guests.stream().map(Emulator::cpu).toList(), 1_000);
    for (int i = 0; i < guests.size(); i++) {
      Emulator alone = factorial().x(0, 1 + i);
      assertEquals(alone.run(1_000), stops[i]);
      assertEquals(alone.x(1), guests.get(i).x(1));
      assertEquals(alone.executed(), lanes.executed(i));
    }
  }

  @Test
  void bothPoliciesAgree() {
    Emulator each =
        Axon64.emulator()
            .dispatch(Engines.Policy.EACH)
            .build()
            .map(CODE, 0x1000, READ | EXECUTE)
            .write(CODE, FACTORIAL)
            .pc(CODE)
            .x(0, 20);
    Emulator page = factorial().x(0, 20);
    assertEquals(page.run(1_000), each.run(1_000));
    assertEquals(2432902008176640000L, each.x(1));
    assertArrayEquals(page.cpu().x, each.cpu().x);
  }

  @Test
  void stopsInFrontOfAnAddressAndGoesOn() {
    Emulator emulator = factorial().x(0, 3);
    assertEquals(new Stop.Until(), emulator.runUntil(CODE + 16, 1_000));
    assertEquals(CODE + 16, emulator.pc());
    assertEquals(6, emulator.x(1));
    assertEquals(10, emulator.executed());
    assertEquals(new Stop.SystemCall(7), emulator.run(1_000));
  }

  @Test
  void keepsToTheBudget() {
    Emulator emulator = factorial().x(0, 1_000);
    assertEquals(Stop.BUDGET, emulator.run(100));
    assertEquals(100, emulator.executed());
    assertEquals(Stop.BUDGET, emulator.run(1));
    assertEquals(1, emulator.executed());
  }

  @Test
  void faultsArePreciseAndLeaveRegistersAlone() {
    Emulator emulator = factorial().x(2, 0xdead000).x(4, 99);
    emulator.write(CODE, 0xf8408444); // ldr x4, [x2], #8
    Stop.Fault stop = assertInstanceOf(Stop.Fault.class, emulator.run(10));
    assertEquals(0xdead000, stop.fault().address);
    assertEquals(CODE, emulator.pc());
    assertEquals(99, emulator.x(4));
    assertEquals(0xdead000, emulator.x(2));
  }

  @Test
  void registersHaveNames() {
    Emulator emulator = factorial().sp(0x1230).nzcv(0x6000_0000).v(3, 1, 2).d(4, 0.5).s(5, 2f);
    emulator.fpcr(0x0100_0000).fpsr(1).tpidr(77).x(7, 0x1_2345_6789L);
    assertEquals(0x1230, emulator.x(31));
    assertEquals(0x1230, emulator.sp());
    assertEquals(1, emulator.cpu().fz);
    assertEquals(1, emulator.cpu().fc);
    assertEquals(0x6000_0000, emulator.nzcv());
    assertArrayEquals(new long[] {1, 2}, emulator.v(3));
    assertEquals(0.5, emulator.d(4));
    assertEquals(2f, emulator.s(5));
    assertEquals(0x2345_6789, emulator.w(7));
    assertEquals(0x0100_0000, emulator.fpcr());
    assertEquals(1, emulator.fpsr());
    assertEquals(77, emulator.tpidr());
    for (int wrong : new int[] {-1, 32}) {
      assertThrows(IndexOutOfBoundsException.class, () -> emulator.x(wrong));
      assertThrows(IndexOutOfBoundsException.class, () -> emulator.x(wrong, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> emulator.v(wrong));
    }
  }

  /** The registers are plain fields, and anything can be written there. */
  @Test
  void whatNoRegisterCanHoldIsNotSeen() {
    Emulator emulator = factorial();
    emulator.write(CODE, 0xaa1f03e0, 0xd53b4201, 0xd53b4402, 0xd4200000); // mov x0, xzr; mrs x1-2
    emulator.cpu().x[31] = 5;
    emulator.cpu().fn = -1;
    emulator.cpu().fpcr = -1L << 40;
    emulator.run(100);
    assertEquals(0, emulator.x(0));
    assertEquals(0x8000_0000L, emulator.x(1));
    assertEquals(0, emulator.x(2));
    emulator.pc(CODE).onCode((e, address, word) -> e.cpu().x[31] = 6);
    emulator.run(100);
    assertEquals(0, emulator.x(0));
  }

  /** The demo program: writes are collected, anything else ends it. */
  @Test
  void aProgramFileRunsToItsExit(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sieve");
    try (InputStream in = EmulatorTest.class.getResourceAsStream("/dev/axon64/guests/demo/sieve")) {
      Files.write(file, in.readAllBytes());
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Emulator emulator = Axon64.emulator().build().loadElf(file).map(DATA, 0x10000, READ | WRITE);
    emulator.sp(DATA + 0x8000);
    emulator.onSystemCall(
        (guest, number) -> {
          if (guest.x(8) != 64) {
            guest.exit((int) guest.x(0));
            return;
          }
          output.writeBytes(guest.read(guest.x(1), (int) guest.x(2)));
          guest.x(0, guest.x(2));
        });
    assertEquals(new Stop.Exited(0), emulator.run(200_000_000));
    assertTrue(output.toString(StandardCharsets.US_ASCII).contains("78498"), output::toString);
    assertEquals(EXECUTE | READ, emulator.memory().mappingAt(0x400000).protection());
  }

  @Test
  void snapshotsCanBeRestoredAgainAndAgain() {
    Emulator emulator = factorial().x(0, 5);
    emulator.write(DATA, new byte[] {1, 2, 3});
    Snapshot snapshot = emulator.snapshot();
    for (int i = 0; i < 3; i++) {
      emulator.run(1_000);
      assertEquals(120, emulator.x(1));
      emulator.write(DATA, new byte[] {9});
      emulator.restore(snapshot);
      assertEquals(5, emulator.x(0));
      assertArrayEquals(new byte[] {1, 2, 3}, emulator.read(DATA, 3));
    }
  }

  /** Each restores a page that was written, in memory of 256 pages. */
  @Test
  void restoringNeedsNoMoreMemoryWithTime() {
    Emulator emulator =
        Axon64.emulator().memoryLimit(1 << 20).build().map(DATA, 0x1000, READ | WRITE);
    emulator.write(DATA, new byte[] {1});
    Snapshot snapshot = emulator.snapshot();
    for (int i = 0; i < 1_000; i++) {
      emulator.write(DATA, new byte[] {9});
      emulator.restore(snapshot);
    }
    assertArrayEquals(new byte[] {1}, emulator.read(DATA, 1));
  }

  @Test
  void allEnginesAgree() {
    for (EngineKind kind : EngineKinds.all()) {
      Emulator emulator =
          Axon64.emulator()
              .engine(kind)
              .build()
              .map(CODE, 0x1000, READ | EXECUTE)
              .write(CODE, FACTORIAL)
              .pc(CODE)
              .x(0, 100_000);
      assertEquals(new Stop.SystemCall(7), emulator.run(1_000_000), kind.name());
      assertEquals(300_002, emulator.executed(), kind.name());
    }
  }

  @Test
  void anEngineThatCannotDispatchSoIsRefused() {
    EmulatorBuilder builder =
        Axon64.emulator().engine(EngineKinds.translating()).dispatch(Engines.Policy.EACH);
    assertEquals(
        "engine translated: does not dispatch by each; choose another",
        assertThrows(InputException.class, builder::build).getMessage());
  }

  @Test
  void codeThatWritesCodeIsDecidedAgain() {
    Emulator emulator = factorial().protect(CODE, 0x1000, READ | WRITE | EXECUTE).x(2, CODE + 8);
    // mov w3, #0x20; movk w3, #0xd280, lsl #16 -> mov x0, #1; str w3, [x2]; (replaced); brk
    emulator.write(CODE, 0x52800403, 0x72ba5003, 0xb9000043, 0xd4200000).x(2, CODE + 12);
    emulator.write(CODE + 16, 0xd4200000);
    assertEquals(new Stop.Trap(TrapKind.BRK, 0), emulator.run(100));
    assertEquals(CODE + 16, emulator.pc());
    assertEquals(1, emulator.x(0));
  }
}
