package dev.axon64.machine.oracle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.axon64.machine.state.CpuState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@link CpuState} laid out as uc_reg_write_batch and uc_reg_read_batch want it: a list of
 * register numbers and a list of pointers to their values, here 16 bytes apart.
 */
final class UnicornRegisters {
  // uc_arm64_reg
  private static final int X0 = 199;
  private static final int X29 = 1;
  private static final int X30 = 2;
  private static final int NZCV = 3;
  private static final int SP = 4;
  private static final int Q0 = 104;
  private static final int PC = 260;
  private static final int TPIDR_EL0 = 262;
  private static final int FPCR = 291;
  private static final int FPSR = 292;

  // Positions in the lists: X0 to X30, those below, Q0 to Q31, and the pc, which is only read.
  private static final int AT_SP = 31;
  private static final int AT_NZCV = 32;
  private static final int AT_FPCR = 33;
  private static final int AT_FPSR = 34;
  private static final int AT_TPIDR = 35;
  private static final int AT_Q0 = 36;
  private static final int AT_PC = AT_Q0 + 32;
  private static final int COUNT = AT_PC + 1;

  private static final int STRIDE = 16;

  private final UnicornLibrary library;
  private final MemorySegment engine;
  private final MemorySegment numbers;
  private final MemorySegment pointers;
  private final MemorySegment values;

  UnicornRegisters(UnicornLibrary library, MemorySegment engine, Arena arena) {
    this.library = library;
    this.engine = engine;
    numbers = arena.allocate(JAVA_INT, COUNT);
    pointers = arena.allocate(ADDRESS, COUNT);
    values = arena.allocate((long) COUNT * STRIDE, STRIDE);
    for (int at = 0; at < COUNT; at++) {
      numbers.setAtIndex(JAVA_INT, at, number(at));
      pointers.setAtIndex(ADDRESS, at, values.asSlice((long) at * STRIDE));
    }
  }

  private static int number(int at) {
    return switch (at) {
      case 29 -> X29;
      case 30 -> X30;
      case AT_SP -> SP;
      case AT_NZCV -> NZCV;
      case AT_FPCR -> FPCR;
      case AT_FPSR -> FPSR;
      case AT_TPIDR -> TPIDR_EL0;
      case AT_PC -> PC;
      default -> at < AT_SP ? X0 + at : Q0 + at - AT_Q0;
    };
  }

  /** Gives the engine all registers but the pc. */
  void write(CpuState state) throws Throwable {
    for (int i = 0; i < CpuState.ZERO; i++) {
      set(i, state.x[i]);
    }
    set(AT_SP, state.x[CpuState.SP]);
    set(AT_NZCV, state.nzcv());
    set(AT_FPCR, state.fpcr);
    set(AT_FPSR, state.fpsr);
    set(AT_TPIDR, state.tpidr);
    MemorySegment.copy(state.v, 0, values, JAVA_LONG, (long) AT_Q0 * STRIDE, state.v.length);
    check((int) library.writeRegisters.invokeExact(engine, numbers, pointers, AT_PC));
  }

  /** Takes all registers from the engine. */
  void read(CpuState state) throws Throwable {
    check((int) library.readRegisters.invokeExact(engine, numbers, pointers, COUNT));
    for (int i = 0; i < CpuState.ZERO; i++) {
      state.x[i] = get(i);
    }
    state.x[CpuState.SP] = get(AT_SP);
    state.setNzcv(get(AT_NZCV));
    state.fpcr = get(AT_FPCR) & 0xffffffffL;
    state.fpsr = get(AT_FPSR) & 0xffffffffL;
    state.tpidr = get(AT_TPIDR);
    MemorySegment.copy(values, JAVA_LONG, (long) AT_Q0 * STRIDE, state.v, 0, state.v.length);
    state.pc = get(AT_PC);
  }

  private void set(int at, long value) {
    values.set(JAVA_LONG, (long) at * STRIDE, value);
  }

  private long get(int at) {
    return values.get(JAVA_LONG, (long) at * STRIDE);
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("libunicorn2 reports error " + error);
    }
  }
}
