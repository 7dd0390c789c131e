package dev.axon64.machine.engine;

import org.junit.jupiter.api.Test;

/** What happens to translated functions while others wait for them, in lockstep. */
class WaitingCallersTest {
  private static final long FUNCTIONS = Programs.CODE + 0x2000;

  private final TranslatedRun translated = new TranslatedRun();

  /** The waiting caller is to go on with the new code, not with what was made of the old. */
  @Test
  void aCallerThatIsOverwritten() {
    // loop: bl f; add x0, x0, #1; subs x1, x1, #1; b.ne loop; svc
    int[] code = {0x94000800, 0x91000400, 0xf1000421, 0x54ffffa1, 0xd4000001};
    // f: stp x29, x30, [sp, #-16]!; bl g; ldp x29, x30, [sp], #16; ret
    // g: tst x1, #31; b.ne out; ldr w4, [x5]; add w4, w4, #0x400; str w4, [x5]; out: ret
    int[] functions = {
      0xa9bf7bfd,
      0x94000003,
      0xa8c17bfd,
      0xd65f03c0,
      0xf240103f,
      0x54000081,
      0xb94000a4,
      0x11100084,
      0xb90000a4,
      0xd65f03c0
    };
    translated.check(
        code,
        cpu -> {
          cpu.memory.map(FUNCTIONS, 4096, 7, "functions");
          for (int i = 0; i < functions.length; i++) {
            cpu.memory.store32(FUNCTIONS + i * (long) Integer.BYTES, functions[i]);
          }
          cpu.x[1] = 320;
          cpu.x[5] = Programs.CODE + Integer.BYTES;
        },
        0,
        32 * (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11));
  }

  /** Two stacks take turns, so that no call comes back before others have been made. */
  @Test
  void coroutines() {
    // a: bl fa; subs x1, x1, #1; b.ne a; svc; b: bl fb; b b;
    // fa and fb: stp x29, x30, [sp, #-16]!; bl switch; add x0, x0, #1 or #16;
    // ldp x29, x30, [sp], #16; ret
    // switch: ldp x9, x10, [x20]; mov x11, sp; stp x30, x11, [x20]; mov sp, x10; br x9
    int[] code = {
      0x94000004,
      0xf1000421,
      0x54ffffc1,
      0xd4000001,
      0xa9bf7bfd,
      0x9400000b,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0,
      0x94000002,
      0x17ffffff,
      0xa9bf7bfd,
      0x94000004,
      0x91004000,
      0xa8c17bfd,
      0xd65f03c0,
      0xa9402a89,
      0x910003eb,
      0xa9002e9e,
      0x9100015f,
      0xd61f0120
    };
    int other = 9;
    translated.check(
        code,
        cpu -> {
          cpu.x[1] = 300;
          cpu.x[20] = Programs.DATA;
          cpu.memory.store64(Programs.DATA, Programs.CODE + other * Integer.BYTES);
          cpu.memory.store64(Programs.DATA + Long.BYTES, Programs.DATA + 1024);
        },
        0,
        300 + 299 * 16);
  }

  /** More calls wait than are kept on the stack of the JVM. */
  @Test
  void deepCalls() {
    // loop: mov x2, #120; bl f; subs x1, x1, #1; b.ne loop; svc
    // f: cbz x2, out; stp x29, x30, [sp, #-16]!; sub x2, x2, #1; bl g; add x0, x0, #1;
    // ldp x29, x30, [sp], #16; out: ret
    // g: cbz x2, done; stp x29, x30, [sp, #-16]!; sub x2, x2, #1; bl f; add x0, x0, #1;
    // ldp x29, x30, [sp], #16; done: ret
    int[] code = {
      0xd2800f02,
      0x94000004,
      0xf1000421,
      0x54ffffa1,
      0xd4000001,
      0xb40000c2,
      0xa9bf7bfd,
      0xd1000442,
      0x94000004,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0,
      0xb40000c2,
      0xa9bf7bfd,
      0xd1000442,
      0x97fffff6,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0
    };
    translated.check(code, cpu -> cpu.x[1] = 20, 0, 120 * 20);
  }
}
