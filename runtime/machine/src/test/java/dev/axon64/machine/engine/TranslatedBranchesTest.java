package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.TrapKind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Computed branches and calls in translated code, in lockstep with the scalar engine. */
class TranslatedBranchesTest {
  private static final int SVC = 0xd4000001;
  private static final long FUNCTIONS = Programs.CODE + 0x2000;

  /** loop: ldr x3, [x2], #8; br x3; five times: add x0, x0, #(power of two); b loop; then svc. */
  private static final int[] TABLE = {
    0xf8408443,
    0xd61f0060,
    0x91000400,
    0x17fffffd,
    0x91000800,
    0x17fffffb,
    0x91001000,
    0x17fffff9,
    0x91002000,
    0x17fffff7,
    0x91004000,
    0x17fffff5,
    SVC
  };

  private final TranslatedRun translated = new TranslatedRun();

  private static CpuState tabled(int[] code, IntStream words) {
    CpuState cpu = Programs.words(code);
    cpu.x[2] = Programs.DATA;
    long[] addresses = words.mapToLong(w -> Programs.CODE + w * (long) Integer.BYTES).toArray();
    for (int i = 0; i < addresses.length; i++) {
      cpu.memory.store64(Programs.DATA + i * (long) Long.BYTES, addresses[i]);
    }
    return cpu;
  }

  /** First the branch leads to two places in turn, then to three others, then to the end. */
  @Test
  void aTableWhoseTargetsChange() {
    for (int turn : TranslatedRun.TURNS) {
      CpuState cpu =
          tabled(
              TABLE,
              IntStream.range(0, 500)
                  .map(i -> i == 499 ? 12 : i < 200 ? 2 + i % 2 * 2 : 6 + i % 3 * 2));
      translated.run(cpu, turn);
      assertEquals(100 + 200 + 100 * 4 + 99 * 8 + 100 * 16, cpu.x[0]);
      translated.assertTranslated(turn);
    }
  }

  /** The branch leads to the middle of a word in the end, which is no place of the region. */
  @Test
  void aTargetBesideThose() {
    CpuState cpu = tabled(TABLE, IntStream.range(0, 100).map(i -> 2 + i % 5 * 2));
    cpu.memory.store64(Programs.DATA + 50 * Long.BYTES, Programs.CODE + 2 * Integer.BYTES + 1);
    Stop stop = translated.both().run(cpu, 100_000);
    assertEquals(new Stop.Trap(TrapKind.ALIGNMENT, Programs.CODE + 9), stop);
    assertEquals(10 * 31, cpu.x[0]);
  }

  /** One target of the branch increments what another one adds. */
  @Test
  void aTargetThatIsOverwritten() {
    // loop: ldr x3, [x2], #8; br x3; ldr w4, [x5]; add w4, w4, #0x400; str w4, [x5]; b loop;
    // add x0, x0, #1; b loop; svc
    int[] code = {
      0xf8408443,
      0xd61f0060,
      0xb94000a4,
      0x11100084,
      0xb90000a4,
      0x17fffffb,
      0x91000400,
      0x17fffff9,
      SVC
    };
    for (int turn : TranslatedRun.TURNS) {
      CpuState cpu =
          tabled(code, IntStream.range(0, 401).map(i -> i == 400 ? 8 : i % 8 == 7 ? 2 : 6));
      cpu.x[5] = Programs.CODE + 6 * Integer.BYTES;
      translated.run(cpu, turn);
      assertEquals(7 * 50 * 51 / 2, cpu.x[0]);
    }
  }

  /** The function is on a page of its own, so that only that is translated anew. */
  @Test
  void aFunctionThatIsOverwritten() {
    // loop: bl f; tst x1, #31; b.ne skip; ldr w4, [x5]; add w4, w4, #0x400; str w4, [x5];
    // skip: subs x1, x1, #1; b.ne loop; svc
    int[] code = {
      0x94000800,
      0xf240103f,
      0x54000081,
      0xb94000a4,
      0x11100084,
      0xb90000a4,
      0xf1000421,
      0x54ffff21,
      SVC
    };
    for (int turn : TranslatedRun.TURNS) {
      CpuState cpu = Programs.words(code);
      cpu.memory.map(FUNCTIONS, 4096, 7, "functions");
      cpu.memory.store32(FUNCTIONS, 0x91000400); // add x0, x0, #1
      cpu.memory.store32(FUNCTIONS + 4, 0xd65f03c0); // ret
      cpu.x[1] = 320;
      cpu.x[5] = FUNCTIONS;
      translated.run(cpu, turn);
      assertEquals(1 + 32 * (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10) + 31 * 11, cpu.x[0]);
      translated.assertTranslated(turn);
    }
  }

  @Test
  void aCallOfDifferentFunctions() {
    // loop: ldr x3, [x2], #8; cbz x3, end; blr x3; b loop; end: svc; three times: add; ret
    int[] code = {
      0xf8408443,
      0xb4000063,
      0xd63f0060,
      0x17fffffd,
      SVC,
      0x91000400,
      0xd65f03c0,
      0x91000800,
      0xd65f03c0,
      0x91001000,
      0xd65f03c0
    };
    for (int turn : TranslatedRun.TURNS) {
      CpuState cpu = tabled(code, IntStream.range(0, 300).map(i -> 5 + (i < 100 ? 0 : i % 3) * 2));
      translated.run(cpu, turn);
      assertEquals(100 + 66 + 67 * 2 + 67 * 4, cpu.x[0]);
    }
  }

  /** Every other time, the inner of two functions returns to neither caller but far out. */
  @Test
  void aReturnToElsewhere() {
    // loop: adr x20, cont; mov x21, sp; bl f; add x0, x0, #100; cont: subs x1, x1, #1; b.ne loop;
    // svc; f: stp x29, x30, [sp, #-16]!; bl g; ldp x29, x30, [sp], #16; ret;
    // g: tbz x1, #0, normal; mov sp, x21; br x20; normal: ret
    int[] code = {
      0x10000094,
      0x910003f5,
      0x94000005,
      0x91019000,
      0xf1000421,
      0x54ffff61,
      SVC,
      0xa9bf7bfd,
      0x94000003,
      0xa8c17bfd,
      0xd65f03c0,
      0x36000061,
      0x910002bf,
      0xd61f0280,
      0xd65f03c0
    };
    for (int turn : TranslatedRun.TURNS) {
      CpuState cpu = Programs.words(code);
      cpu.x[1] = 500;
      cpu.x[CpuState.SP] = Programs.DATA + 2048;
      translated.run(cpu, turn);
      assertEquals(250 * 100, cpu.x[0]);
      assertEquals(Programs.DATA + 2048, cpu.x[CpuState.SP]);
      translated.assertTranslated(turn);
    }
  }
}
