package dev.axon64.linux.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.linux.CrossCompiler;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames are laid out as asm/sigcontext.h says, and come back as they went. */
class SignalFrameTest {
  private static final long STACK = 0x10_0000;
  private static final int STACK_SIZE = 0x10000;

  /** Where the header puts things, as numbers in an assembly file that is never assembled. */
  private static final String OFFSETS =
      """
      #define _GNU_SOURCE
      #include <signal.h>
      #include <ucontext.h>
      #include <stddef.h>
      #include <asm/sigcontext.h>
      struct frame { siginfo_t info; ucontext_t uc; };
      #define CHECK(value, wanted) _Static_assert((value) == (wanted), #value)
      CHECK(sizeof(struct frame), %d);
      CHECK(offsetof(struct frame, uc), %d);
      CHECK(offsetof(struct frame, uc.uc_stack), %d);
      CHECK(offsetof(struct frame, uc.uc_sigmask), %d);
      CHECK(offsetof(struct frame, uc.uc_mcontext), %d);
      CHECK(offsetof(struct frame, uc.uc_mcontext.regs), %d);
      CHECK(offsetof(struct frame, uc.uc_mcontext.sp), %d);
      CHECK(offsetof(struct frame, uc.uc_mcontext.pc), %d);
      CHECK(offsetof(struct frame, uc.uc_mcontext.pstate), %d);
      CHECK(offsetof(struct frame, uc.uc_mcontext.__reserved), %d);
      CHECK(sizeof(struct fpsimd_context), 528);
      CHECK(FPSIMD_MAGIC, 0x46508001);
      CHECK(ESR_MAGIC, 0x45535201);
      CHECK(offsetof(struct fpsimd_context, vregs), 16);
      CHECK(offsetof(siginfo_t, si_addr), 16);
      CHECK(offsetof(siginfo_t, si_status), 24);
      CHECK(sizeof(siginfo_t), 128);
      """;

  @TempDir Path folder;

  @Test
  void offsetsAreThoseOfTheHeaders() throws IOException, InterruptedException {
    CrossCompiler.run(
        folder,
        OFFSETS.formatted(
            SignalFrame.SIZE,
            SignalFrame.UCONTEXT,
            SignalFrame.UC_STACK,
            SignalFrame.UC_SIGMASK,
            SignalFrame.MCONTEXT,
            SignalFrame.REGISTERS,
            SignalFrame.SP,
            SignalFrame.PC,
            SignalFrame.PSTATE,
            SignalFrame.RESERVED),
        "-fsyntax-only");
  }

  private static CpuState cpu(long seed) {
    Random random = new Random(seed);
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(new MemoryLimit(1 << 20));
    cpu.memory.map(STACK, STACK_SIZE, AddressSpace.READ | AddressSpace.WRITE, "");
    for (int i = 0; i < 31; i++) {
      cpu.x[i] = random.nextLong();
    }
    for (int i = 0; i < 64; i++) {
      cpu.v[i] = random.nextLong();
    }
    cpu.x[CpuState.SP] = STACK + STACK_SIZE - 24;
    cpu.pc = 0x1234_5678L;
    cpu.setNzcv(random.nextLong());
    cpu.fpcr = 0x0300_0000L;
    cpu.fpsr = 0x0800_001fL;
    return cpu;
  }

  private static SignalFrame.Entry entry(AltStack stack, boolean onStack) {
    return new SignalFrame.Entry(
        0x40_0000, 0x50_0000, SigInfo.fault(11, 1, 0xdead), 0x55, stack, onStack);
  }

  @Test
  void aHandlerReturnsToWhatItInterrupted() {
    CpuState cpu = cpu(1);
    CpuState before = cpu.copy();
    SignalFrame.enter(cpu, entry(AltStack.NONE, false), 0xdead, 0x92000047L);
    long frame = cpu.x[CpuState.SP];
    assertEquals(0, frame & 15);
    assertEquals(11, cpu.x[0]);
    assertEquals(frame, cpu.x[1]);
    assertEquals(frame + SignalFrame.UCONTEXT, cpu.x[2]);
    assertEquals(0x50_0000, cpu.x[30]);
    assertEquals(0x40_0000, cpu.pc);
    assertEquals(before.x[29], cpu.memory.load64(cpu.x[29]), "the frame record goes on");
    assertEquals(before.x[30], cpu.memory.load64(cpu.x[29] + 8));
    assertEquals(0xdead, cpu.memory.load64(frame + 16), "si_addr");
    assertEquals(0xdead, cpu.memory.load64(frame + SignalFrame.MCONTEXT), "fault_address");
    assertEquals(0x45535201, cpu.memory.load32(frame + SignalFrame.RESERVED + 528));
    Arrays.fill(cpu.x, 0, 31, 7);
    Arrays.fill(cpu.v, 7);
    cpu.setNzcv(0);
    SignalFrame.Restored restored = SignalFrame.leave(cpu);
    assertNotNull(restored);
    assertEquals(0x55, restored.mask());
    assertEquals(AltStack.NONE, restored.stack());
    assertArrayEquals(before.x, cpu.x);
    assertArrayEquals(before.v, cpu.v);
    assertEquals(before.nzcv(), cpu.nzcv());
    assertEquals(before.pc, cpu.pc);
    assertEquals(before.fpcr, cpu.fpcr);
    assertEquals(before.fpsr, cpu.fpsr);
  }

  @Test
  void theAlternativeStackIsUsed() {
    CpuState cpu = cpu(2);
    AltStack stack = new AltStack(STACK, 0, 0x4000);
    SignalFrame.enter(cpu, entry(stack, true), 0, 0);
    assertEquals(true, stack.contains(cpu.x[CpuState.SP]));
    assertEquals(stack, SignalFrame.leave(cpu).stack());
  }

  @Test
  void aStackWithoutRoomLeavesRegistersAlone() {
    CpuState cpu = cpu(3);
    cpu.x[CpuState.SP] = STACK + 100;
    long[] before = cpu.x.clone();
    assertThrows(
        MemoryFault.class, () -> SignalFrame.enter(cpu, entry(AltStack.NONE, false), 0, 0));
    assertArrayEquals(before, cpu.x);
  }

  @Test
  void whatIsNoFrameIsRefused() {
    CpuState cpu = cpu(4);
    SignalFrame.enter(cpu, entry(AltStack.NONE, false), 0, 0);
    long frame = cpu.x[CpuState.SP];
    cpu.x[CpuState.SP] = frame + 8;
    assertNull(SignalFrame.leave(cpu));
    cpu.x[CpuState.SP] = frame;
    cpu.memory.store32(frame + SignalFrame.RESERVED, 1);
    assertNull(SignalFrame.leave(cpu));
  }
}
