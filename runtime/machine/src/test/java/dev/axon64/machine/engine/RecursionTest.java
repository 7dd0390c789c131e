package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.state.CpuState;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Functions that call themselves, which are loops of their regions, in lockstep. */
class RecursionTest {
  private static final int RESULT = 0;
  private static final int ROUNDS = 1;

  private final TranslatedRun translated = new TranslatedRun();

  private void check(long expected, int register, int[] code, Consumer<CpuState> start) {
    translated.check(code, start, register, expected);
    assertTrue(translated.regions().stream().anyMatch(RecursionTest::returns), "no loop of calls");
  }

  /** Deeper than calls may wait for one another. */
  @Test
  void deep() {
    // loop: mov x2, #120; bl f; subs x1, x1, #1; b.ne loop; svc
    // f: cbz x2, out; stp x29, x30, [sp, #-16]!; sub x2, x2, #1; bl f; add x0, x0, #1;
    // ldp x29, x30, [sp], #16; out: ret
    int[] code = {
      0xd2800f02,
      0x94000004,
      0xf1000421,
      0x54ffffa1,
      0xd4000001,
      0xb40000c2,
      0xa9bf7bfd,
      0xd1000442,
      0x97fffffd,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0
    };
    check(120 * 20, RESULT, code, cpu -> cpu.x[ROUNDS] = 20);
  }

  /** Returns lead to either of two calls. */
  @Test
  void fibonacciNumbers() {
    // loop: mov x0, #9; bl f; add x3, x3, x0; subs x1, x1, #1; b.ne loop; svc
    // f: cmp x0, #2; b.lo out; stp x29, x30, [sp, #-32]!; str x0, [sp, #16]; sub x0, x0, #1; bl f;
    // ldr x2, [sp, #16]; str x0, [sp, #16]; sub x0, x2, #2; bl f; ldr x2, [sp, #16];
    // add x0, x0, x2; ldp x29, x30, [sp], #32; out: ret
    int[] code = {
      0xd2800120,
      0x94000005,
      0x8b000063,
      0xf1000421,
      0x54ffff81,
      0xd4000001,
      0xf100081f,
      0x54000183,
      0xa9be7bfd,
      0xf9000be0,
      0xd1000400,
      0x97fffffb,
      0xf9400be2,
      0xf9000be0,
      0xd1000840,
      0x97fffff7,
      0xf9400be2,
      0x8b020000,
      0xa8c27bfd,
      0xd65f03c0
    };
    check(34 * 50, 3, code, cpu -> cpu.x[ROUNDS] = 50);
  }

  /** The calls that have not returned are to go on with the new code. */
  @Test
  void overwritesItself() {
    // loop: mov x2, #20; bl f; subs x1, x1, #1; b.ne loop; svc
    // f: cbz x2, bottom; stp x29, x30, [sp, #-16]!; sub x2, x2, #1; bl f; add x0, x0, #1;
    // ldp x29, x30, [sp], #16; ret; bottom: tst x1, #15; b.ne out; ldr w4, [x5];
    // add w4, w4, #0x400; str w4, [x5]; out: ret
    int[] code = {
      0xd2800282,
      0x94000004,
      0xf1000421,
      0x54ffffa1,
      0xd4000001,
      0xb40000e2,
      0xa9bf7bfd,
      0xd1000442,
      0x97fffffd,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0,
      0xf2400c3f,
      0x54000081,
      0xb94000a4,
      0x11100084,
      0xb90000a4,
      0xd65f03c0
    };
    int add = 9;
    check(
        20 * 16 * (2 + 3 + 4 + 5),
        RESULT,
        code,
        cpu -> {
          cpu.x[ROUNDS] = 64;
          cpu.x[5] = Programs.CODE + add * Integer.BYTES;
        });
  }

  /** Every other time, the innermost call returns for the outermost one. */
  @Test
  void returnsPastItsCallers() {
    // loop: mov x2, #20; mov x20, sp; bl f; subs x1, x1, #1; b.ne loop; svc; f: mov x21, x30;
    // g: cbz x2, bottom; stp x29, x30, [sp, #-16]!; sub x2, x2, #1; bl g; add x0, x0, #1;
    // ldp x29, x30, [sp], #16; ret; bottom: tst x1, #1; b.eq out; mov sp, x20; mov x30, x21;
    // out: ret
    int[] code = {
      0xd2800282,
      0x910003f4,
      0x94000004,
      0xf1000421,
      0x54ffff81,
      0xd4000001,
      0xaa1e03f5,
      0xb40000e2,
      0xa9bf7bfd,
      0xd1000442,
      0x97fffffd,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0,
      0xf240003f,
      0x54000060,
      0x9100029f,
      0xaa1503fe,
      0xd65f03c0
    };
    check(50 * 20, RESULT, code, cpu -> cpu.x[ROUNDS] = 100);
  }

  /** The leaf becomes a part of the region, though its caller calls itself. */
  @Test
  void callsALeaf() {
    // loop: mov x0, #6; bl f; add x3, x3, x0; subs x1, x1, #1; b.ne loop; svc
    // f: cbz x30, out; cbz x0, out; stp x29, x30, [sp, #-32]!; str x0, [sp, #16];
    // sub x0, x0, #1; bl f; bl g; ldr x2, [sp, #16]; str x0, [sp, #16]; sub x0, x2, #1; bl f;
    // ldr x2, [sp, #16]; add x0, x0, x2; ldp x29, x30, [sp], #32; out: ret
    // g: add x0, x0, #3; ret
    int[] code = {
      0xd28000c0,
      0x94000005,
      0x8b000063,
      0xf1000421,
      0x54ffff81,
      0xd4000001,
      0xb40001de,
      0xb40001a0,
      0xa9be7bfd,
      0xf9000be0,
      0xd1000400,
      0x97fffffb,
      0x94000009,
      0xf9400be2,
      0xf9000be0,
      0xd1000440,
      0x97fffff6,
      0xf9400be2,
      0x8b020000,
      0xa8c27bfd,
      0xd65f03c0,
      0x91000c00,
      0xd65f03c0
    };
    check(3 * 63 * 30, 3, code, cpu -> cpu.x[ROUNDS] = 30);
    assertTrue(
        translated.regions().stream()
            .filter(RecursionTest::returns)
            .noneMatch(region -> region.contains("call ")),
        () -> "calls in " + translated.regions());
  }

  private static boolean returns(String region) {
    return region.contains("return to");
  }
}
