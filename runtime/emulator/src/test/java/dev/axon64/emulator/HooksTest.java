package dev.axon64.emulator;

import static dev.axon64.emulator.Guests.BRK;
import static dev.axon64.emulator.Guests.CODE;
import static dev.axon64.emulator.Guests.DATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.TrapKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest {
  private final List<String> seen = new ArrayList<>();

  private void note(Emulator emulator, Access access) {
    String value =
        access.size() == 16
            ? "%x:%x".formatted(access.high(), access.value())
            : Long.toHexString(access.value());
    seen.add(
        "%s %x %d %s"
            .formatted(
                access.isWrite() ? "store" : "load",
                access.address() - DATA,
                access.size(),
                value));
  }

  @Test
  void codeHooksSeeTheirRange() {
    List<Long> code = new ArrayList<>();
    Emulator emulator = Guests.factorial().x(0, 2);
    emulator.onCode(CODE + 8, CODE + 12, (e, address, word) -> code.add(e.x(0)));
    emulator.run(1_000);
    assertEquals(List.of(2L, 1L), code);
  }

  /** Also behind a branch that is not taken, and behind a system call. */
  @Test
  void blocksBeginBehindEveryBranch() {
    List<Long> blocks = new ArrayList<>();
    Emulator emulator = Guests.factorial().x(0, 2);
    emulator.onBlock((e, address) -> blocks.add(address - CODE));
    emulator.onSystemCall((e, immediate) -> {});
    assertEquals(new Stop.Trap(TrapKind.BRK, 0), emulator.run(1_000));
    assertEquals(List.of(0L, 4L, 16L, 20L), blocks);
  }

  /** cbz and tbz that are not taken, a call and a return: b 2f; ...; bl; brk; ret. */
  @Test
  void blocksOfAllKindsOfBranches() {
    List<Long> blocks = new ArrayList<>();
    Emulator emulator =
        Guests.of(
                0xb4000061, // cbz x1, +12
                0x36000041, // tbz w1, #0, +8
                0x94000002, // bl +8
                BRK,
                0xd65f03c0) // ret
            .x(1, 1);
    emulator.onBlock((e, address) -> blocks.add(address - CODE));
    emulator.run(1_000);
    assertEquals(List.of(0L, 4L, 8L, 16L, 12L), blocks);
  }

  @Test
  void blocksMayBegForARange() {
    Emulator emulator = Guests.factorial().x(0, 4);
    emulator.onBlock(CODE + 4, CODE + 8, (e, address) -> seen.add("block"));
    emulator.run(1_000);
    assertEquals(List.of("block", "block", "block"), seen);
  }

  @Test
  void edgesLeadFromBlockToBlock() {
    Emulator emulator = Guests.factorial().x(0, 3);
    emulator.onEdge((e, from, to) -> seen.add("%x-%x".formatted(from - CODE, to - CODE)));
    emulator.run(1_000);
    assertEquals(List.of("0-4", "4-4", "4-10"), seen);
    seen.clear();
    emulator.pc(CODE).x(0, 1).run(1_000);
    assertEquals(List.of("0-10"), seen);
  }

  @Test
  void aHookMayMovePc() {
    Emulator emulator = Guests.factorial().x(0, 5);
    emulator.onCode(CODE + 4, CODE + 8, (e, address, word) -> e.pc(CODE + 16));
    assertEquals(new Stop.SystemCall(7), emulator.run(1_000));
    assertEquals(1, emulator.x(1));
  }

  @Test
  void aHookMayStop() {
    Emulator emulator = Guests.factorial().x(0, 5);
    Hook hook = emulator.onCode(CODE + 8, CODE + 12, (e, address, word) -> e.stop());
    assertEquals(new Stop.Stopped(), emulator.run(1_000));
    assertEquals(CODE + 8, emulator.pc());
    assertEquals(2, emulator.executed());
    hook.remove();
    assertEquals(new Stop.SystemCall(7), emulator.run(1_000));
    assertEquals(120, emulator.x(1));
  }

  @Test
  void hooksOfMemoryThatStopEndTheInstruction() {
    Emulator emulator = Guests.of(0xf9000041, 0xf9000441, BRK).x(2, DATA); // str x1, [x2]; and +8
    emulator.onMemory((e, access) -> e.stop());
    assertEquals(new Stop.Stopped(), emulator.run(100));
    assertEquals(CODE + 4, emulator.pc());
  }

  @Test
  void memoryHooksSeeLoadsAndStores() {
    // str x3, [x2]; ldr w4, [x2, #4]; strb w3, [x2]; ldrsh x5, [x2]
    Emulator emulator = Guests.of(0xf9000043, 0xb9400444, 0x39000043, 0x79800045, BRK);
    emulator.x(2, DATA + 0xefc).x(3, 0x1122334455667788L);
    emulator.onMemory(DATA, DATA + 0x1000, this::note);
    assertInstanceOf(Stop.Trap.class, emulator.run(100));
    assertEquals(
        List.of(
            "store efc 8 1122334455667788",
            "load f00 4 11223344",
            "store efc 1 88",
            "load efc 2 7788"),
        seen);
    assertEquals(0x11223344, emulator.x(4));
    assertEquals(0x7788, emulator.x(5));
  }

  /** Of the range, one byte: in the middle of the accesses, which also cross a page. */
  @Test
  void memoryHooksSeeWhatBeginsBeforeTheirRange() {
    // str x3, [x2]; ldr x4, [x2]; ldr w5, [x2]; ldr x6, [x2, #8]
    Emulator emulator = Guests.of(0xf9000043, 0xf9400044, 0xb9400045, 0xf9400446, BRK);
    emulator.x(2, DATA + 0xffc).x(3, 0x1122334455667788L);
    emulator.onMemory(DATA + 0x1001, DATA + 0x1002, this::note);
    emulator.run(100);
    assertEquals(List.of("store ffc 8 1122334455667788", "load ffc 8 1122334455667788"), seen);
  }

  /** Pairs of registers are two accesses, halves of one are not. */
  @Test
  void accessesOf128BitsAreOne() {
    Emulator emulator =
        Guests.of(
                0x3d800040, // str q0, [x2]
                0x3dc00041, // ldr q1, [x2]
                0xa9000c43, // stp x3, x3, [x2]
                0xad000440, // stp q0, q1, [x2]
                0x6d000440, // stp d0, d1, [x2]
                0x4c407042, // ld1 {v2.16b}, [x2]
                0x4d40cc43, // ld1r {v3.2d}, [x2]
                BRK)
            .x(2, DATA)
            .x(3, 9)
            .v(0, 1, 2);
    emulator.onMemory(this::note);
    emulator.run(100);
    assertEquals(
        List.of(
            "store 0 16 2:1",
            "load 0 16 2:1",
            "store 0 8 9",
            "store 8 8 9",
            "store 0 16 2:1",
            "store 10 16 2:1",
            "store 0 8 1",
            "store 8 8 1",
            "load 0 16 1:1",
            "load 0 8 1"),
        seen);
  }

  /**
   * Loops of str q0, [x2]; ldr q1, [x2]; add x2, x2, x4, from the bytes before a page's start on.
   * Only a few bytes on one side have a hook, so that of most accesses no half is told, or one.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 8, 16})
  void halvesInDifferentPagesAreOneAccess(int step) {
    for (EngineKind kind : List.of(EngineKinds.reference(), EngineKinds.translating())) {
      for (int begins : new int[] {0x1000, 0x1008, 0x1010, 0xff8, 0xff0}) {
        seen.clear();
        int start = step == 0 ? 0xff8 : 0xf78;
        int rounds = step == 0 ? 30_000 : 16;
        Emulator emulator =
            Guests.of(kind, 0x3d800040, 0x3dc00041, 0x8b040042, 0xf1000463, 0x54ffff81, BRK)
                .x(2, DATA + start)
                .x(3, rounds)
                .x(4, step)
                .v(0, 1, 2);
        emulator.onMemory(DATA + begins, DATA + begins + 8, this::note);
        emulator.run(1_000_000);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
          int at = start + i * step;
          if (at < begins + 8 && at + 16 > begins) {
            expected.add("store %x 16 2:1".formatted(at));
            expected.add("load %x 16 2:1".formatted(at));
          }
        }
        assertEquals(expected, seen, kind.name() + ", hook at " + Integer.toHexString(begins));
      }
    }
  }

  @Test
  void whatAHookAccessesItselfIsNotTold() {
    Emulator emulator = Guests.of(0xf9000043, BRK).x(2, DATA);
    emulator.onMemory(
        (e, access) -> {
          note(e, access);
          e.memory().store64(DATA + 8, e.memory().load64(DATA) + 1);
        });
    emulator.run(100);
    assertEquals(List.of("store 0 8 0"), seen);
    assertEquals(1, emulator.memory().load64(DATA + 8));
  }

  @Test
  void systemCallAndInterruptHooksSettle() {
    Emulator emulator = Guests.factorial().x(0, 1);
    emulator.onSystemCall((e, immediate) -> seen.add("svc " + immediate));
    emulator.onInterrupt(
        (e, stop) -> {
          seen.add(stop.toString());
          e.pc(CODE + 4).x(0, 1);
          return seen.size() < 4;
        });
    Stop stop = emulator.run(1_000);
    assertEquals(new Stop.Trap(TrapKind.BRK, 0), stop);
    assertEquals(List.of("svc 7", stop.toString(), "svc 7", stop.toString()), seen);
  }

  /** A hook that maps what is missing, and one that does nothing about it. */
  @Test
  void aFaultThatIsSettledInVainUsesUpTheBudget() {
    Emulator emulator = Guests.of(0xf9400041, BRK).x(2, 0x5000_0000L); // ldr x1, [x2]
    Hook vain =
        emulator.onInterrupt(
            (e, stop) -> {
              seen.add("vain");
              return true;
            });
    assertEquals(Stop.BUDGET, emulator.run(10));
    assertEquals(10, seen.size());
    assertEquals(0, emulator.executed());
    vain.remove();
    emulator.onInterrupt(
        (e, stop) -> {
          if (stop instanceof Stop.Fault fault) {
            e.map(fault.fault().address, 0x1000, 1);
          }
          return stop instanceof Stop.Fault;
        });
    assertEquals(new Stop.Trap(TrapKind.BRK, 0), emulator.run(10));
  }

  /** From the next instruction on, whatever kind of hook adds them. */
  @Test
  void hooksAddedByHooksAreCalled() {
    Emulator emulator = Guests.factorial().x(0, 2);
    Hook[] first = new Hook[1];
    first[0] =
        emulator.onCode(
            CODE,
            CODE + 4,
            (e, address, word) -> {
              e.onCode((f, at, w) -> seen.add("code " + (at - CODE)));
              e.onBlock((f, at) -> seen.add("block " + (at - CODE)));
              first[0].remove();
            });
    emulator.run(1_000);
    assertEquals(
        List.of(
            "code 4",
            "code 8",
            "code 12",
            "block 4",
            "code 4",
            "code 8",
            "code 12",
            "block 16",
            "code 16"),
        seen);
    assertFalse(first[0].isActive());
  }

  @Test
  void everyKindOfHookMayAddAndRemoveItself() {
    Emulator emulator = Guests.of(0xf9000043, 0xf9400044, 0xd40000e1, 0x14000001, BRK).x(2, DATA);
    List<Hook> hooks = new ArrayList<>();
    hooks.add(
        emulator.onCode(
            (e, address, word) -> replace(hooks, 0, e.onCode((f, b, c) -> seen.add("code")))));
    hooks.add(
        emulator.onBlock(
            (e, address) -> replace(hooks, 1, e.onBlock((f, b) -> seen.add("block")))));
    hooks.add(
        emulator.onEdge(
            (e, from, to) -> replace(hooks, 2, e.onEdge((f, b, c) -> seen.add("edge")))));
    hooks.add(
        emulator.onMemory(
            (e, access) -> replace(hooks, 3, e.onMemory((f, b) -> seen.add("memory")))));
    hooks.add(
        emulator.onSystemCall(
            (e, number) -> replace(hooks, 4, e.onSystemCall((f, b) -> seen.add("call")))));
    hooks.add(
        emulator.onInterrupt(
            (e, stop) -> {
              replace(hooks, 5, e.onInterrupt((f, b) -> seen.add("interrupt")));
              e.pc(CODE + 8);
              return seen.size() < 20;
            }));
    emulator.run(40);
    for (String kind : List.of("code", "block", "edge", "memory", "call", "interrupt")) {
      assertEquals(true, seen.contains(kind), kind);
    }
    hooks.forEach(hook -> assertFalse(hook.isActive()));
  }

  private static void replace(List<Hook> hooks, int which, Hook by) {
    hooks.get(which).remove();
    assertEquals(true, by.isActive());
  }

  /** A hook is called where it was added by one that is gone, from the next instruction on. */
  @Test
  void aHookMayMakeRoomForAnother() {
    List<Long> code = new ArrayList<>();
    Emulator emulator = Guests.factorial().x(0, 2);
    Hook[] first = new Hook[1];
    first[0] =
        emulator.onBlock(
            (e, address) -> {
              first[0].remove();
              e.onCode(CODE, CODE + 8, (f, at, word) -> code.add(at - CODE));
            });
    emulator.run(1_000);
    assertEquals(List.of(4L, 4L), code);
  }

  /** Not even one that another hook of the same instruction has removed. */
  @Test
  void aRemovedHookIsNotCalled() {
    Emulator emulator = Guests.factorial().x(0, 3);
    Hook[] second = new Hook[1];
    emulator.onCode(CODE + 4, CODE + 8, (e, address, word) -> second[0].remove());
    second[0] = emulator.onCode((e, address, word) -> seen.add("code " + (address - CODE)));
    emulator.run(1_000);
    assertEquals(List.of("code 0"), seen);
  }

  @Test
  void aHookThatThrowsEndsTheRunBeforeTheInstruction() {
    RuntimeException mine = new IllegalArgumentException("mine");
    Emulator emulator = Guests.factorial().x(0, 5);
    Hook hook =
        emulator.onCode(
            CODE + 8,
            CODE + 12,
            (e, address, word) -> {
              if (e.x(0) == 3) {
                throw mine;
              }
            });
    assertSame(mine, assertThrows(RuntimeException.class, () -> emulator.run(1_000)));
    assertEquals(8, emulator.executed());
    assertEquals(CODE + 8, emulator.pc());
    hook.remove();
    assertEquals(new Stop.SystemCall(7), emulator.run(1_000));
    assertEquals(120, emulator.x(1));
  }

  /** The same exceptions that the guest's own accesses raise inside. */
  @Test
  void theFaultsOfHooksAreTheirOwn() {
    Emulator emulator = Guests.of(0xd503201f, 0xf9000043, BRK).x(2, DATA);
    Hook code = emulator.onCode(CODE + 4, CODE + 8, (e, address, word) -> e.read(0x666000, 1));
    MemoryFault fault = assertThrows(MemoryFault.class, () -> emulator.run(10));
    assertEquals(0x666000, fault.address);
    assertEquals(1, emulator.executed());
    assertEquals(CODE + 4, emulator.pc());
    code.remove();
    emulator.onMemory((e, access) -> e.read(0x667000, 1));
    assertEquals(0x667000, assertThrows(MemoryFault.class, () -> emulator.run(10)).address);
    assertEquals(CODE + 4, emulator.pc());
  }

  @Test
  void aHookCannotRunItsEmulator() {
    Emulator emulator = Guests.factorial().x(0, 5);
    emulator.onCode((e, address, word) -> e.run(1));
    assertThrows(IllegalStateException.class, () -> emulator.run(10));
  }

  @Test
  void hooksMayReadHowFarTheRunIs() {
    List<Long> counts = new ArrayList<>();
    Emulator emulator = Guests.factorial().x(0, 2);
    emulator.onCode((e, address, word) -> counts.add(e.executed()));
    emulator.run(1_000);
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), counts);
  }

  @Test
  void rangesMustHaveAddresses() {
    Emulator emulator = Guests.factorial();
    assertThrows(IllegalArgumentException.class, () -> emulator.onCode(8, 4, (e, a, w) -> {}));
    assertThrows(IllegalArgumentException.class, () -> emulator.onMemory(8, 8, (e, a) -> {}));
    assertThrows(NullPointerException.class, () -> emulator.onBlock(null));
  }
}
