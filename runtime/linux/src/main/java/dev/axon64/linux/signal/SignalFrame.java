package dev.axon64.linux.signal;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The frame of a signal handler: {@code struct rt_sigframe} of arch/arm64 with an FPSIMD context,
 * and above it a frame record, so that backtraces go on. Offsets are those of asm/sigcontext.h and
 * asm/ucontext.h.
 */
public final class SignalFrame {
  /** Bytes of siginfo and ucontext. */
  public static final int SIZE = 4688;

  public static final int UCONTEXT = 128;
  static final int UC_STACK = UCONTEXT + 16;
  static final int UC_SIGMASK = UCONTEXT + 40;
  static final int MCONTEXT = UCONTEXT + 176;
  static final int REGISTERS = MCONTEXT + 8;
  static final int SP = REGISTERS + 31 * 8;
  static final int PC = SP + 8;
  static final int PSTATE = PC + 8;
  static final int RESERVED = MCONTEXT + 288;

  private static final int FPSIMD_MAGIC = 0x46508001;
  private static final int FPSIMD_SIZE = 528;
  private static final int ESR_MAGIC = 0x45535201;
  private static final int ESR_SIZE = 16;
  private static final int RECORD = 16;
  private static final long NZCV = 0xf0000000L;

  private SignalFrame() {}

  /**
   * What a frame holds besides registers.
   *
   * @param mask blocked signals
   * @param stack the alternative stack
   */
  public record Restored(long mask, AltStack stack) {}

  /**
   * What a frame is made from besides registers.
   *
   * @param handler its address
   * @param restorer where it returns to
   * @param info the signal
   * @param mask signals that are blocked again afterwards
   * @param stack the thread's alternative stack
   * @param onStack whether the handler runs on it
   */
  public record Entry(
      long handler, long restorer, SigInfo info, long mask, AltStack stack, boolean onStack) {}

  /**
   * Pushes a frame and enters the handler.
   *
   * @throws dev.axon64.machine.memory.MemoryFault if the stack cannot take it; registers are as
   *     before
   */
  public static void enter(CpuState cpu, Entry entry, long faultAddress, long esr) {
    long sp = cpu.x[CpuState.SP];
    long top =
        entry.onStack && !entry.stack.contains(sp) ? entry.stack.start() + entry.stack.size() : sp;
    long record = (top & -16) - RECORD;
    long frame = record - SIZE;
    ByteBuffer bytes = ByteBuffer.allocate(SIZE + RECORD).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, entry.info.bytes());
    bytes
        .putLong(UC_STACK, entry.stack.start())
        .putInt(UC_STACK + 8, entry.stack.flagsAt(sp))
        .putLong(UC_STACK + 16, entry.stack.size())
        .putLong(UC_SIGMASK, entry.mask)
        .putLong(MCONTEXT, faultAddress);
    for (int i = 0; i < 31; i++) {
      bytes.putLong(REGISTERS + 8 * i, cpu.x[i]);
    }
    bytes.putLong(SP, sp).putLong(PC, cpu.pc).putLong(PSTATE, cpu.nzcv());
    putContexts(bytes, cpu, esr);
    bytes.putLong(SIZE, cpu.x[29]).putLong(SIZE + 8, cpu.x[30]);
    cpu.memory.write(frame, bytes.array());

    cpu.x[0] = entry.info.signal();
    cpu.x[1] = frame;
    cpu.x[2] = frame + UCONTEXT;
    cpu.x[29] = record;
    cpu.x[30] = entry.restorer;
    cpu.x[CpuState.SP] = frame;
    cpu.pc = entry.handler;
    cpu.excl_on = 0;
  }

  private static void putContexts(ByteBuffer bytes, CpuState cpu, long esr) {
    bytes
        .putInt(RESERVED, FPSIMD_MAGIC)
        .putInt(RESERVED + 4, FPSIMD_SIZE)
        .putInt(RESERVED + 8, (int) cpu.fpsr)
        .putInt(RESERVED + 12, (int) cpu.fpcr);
    for (int i = 0; i < 64; i++) {
      bytes.putLong(RESERVED + 16 + 8 * i, cpu.v[i]);
    }
    if (esr != 0) {
      int at = RESERVED + FPSIMD_SIZE;
      bytes.putInt(at, ESR_MAGIC).putInt(at + 4, ESR_SIZE).putLong(at + 8, esr);
    }
  }

  /**
   * Restores the registers from the frame at the stack pointer (rt_sigreturn).
   *
   * @return null if there is no valid frame; registers are then as before
   * @throws dev.axon64.machine.memory.MemoryFault if it cannot be read
   */
  public static Restored leave(CpuState cpu) {
    long frame = cpu.x[CpuState.SP];
    if ((frame & 15) != 0) {
      return null;
    }
    AddressSpace memory = cpu.memory;
    ByteBuffer bytes = ByteBuffer.wrap(memory.read(frame, SIZE)).order(ByteOrder.LITTLE_ENDIAN);
    int fpsimd = findFpsimd(bytes);
    if (fpsimd < 0) {
      return null;
    }
    for (int i = 0; i < 31; i++) {
      cpu.x[i] = bytes.getLong(REGISTERS + 8 * i);
    }
    cpu.x[CpuState.SP] = bytes.getLong(SP);
    cpu.pc = bytes.getLong(PC);
    cpu.setNzcv(bytes.getLong(PSTATE) & NZCV);
    cpu.fpsr = bytes.getInt(fpsimd + 8) & 0xffffffffL;
    cpu.fpcr = bytes.getInt(fpsimd + 12) & 0xffffffffL;
    for (int i = 0; i < 64; i++) {
      cpu.v[i] = bytes.getLong(fpsimd + 16 + 8 * i);
    }
    cpu.excl_on = 0;
    AltStack stack =
        new AltStack(
            bytes.getLong(UC_STACK),
            bytes.getInt(UC_STACK + 8) & ~AltStack.SS_ONSTACK,
            bytes.getLong(UC_STACK + 16));
    return new Restored(bytes.getLong(UC_SIGMASK), stack);
  }

  private static int findFpsimd(ByteBuffer bytes) {
    int at = RESERVED;
    while (at + 8 <= SIZE) {
      int size = bytes.getInt(at + 4);
      if (bytes.getInt(at) == FPSIMD_MAGIC) {
        return size == FPSIMD_SIZE && at + size <= SIZE ? at : -1;
      }
      if (size < 8 || size > SIZE) {
        return -1;
      }
      at += size;
    }
    return -1;
  }
}
