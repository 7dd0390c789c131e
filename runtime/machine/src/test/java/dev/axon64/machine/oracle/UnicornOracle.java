package dev.axon64.machine.oracle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.axon64.machine.state.CpuState;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Assumptions;

/**
 * libunicorn2 executing single instructions at EL0 on the memory of {@link TestMemory}. One engine
 * is kept; registers go in and out by batch, and the data are memory of this process.
 */
final class UnicornOracle implements AutoCloseable {
  private static final int ARCHITECTURE_ARM64 = 2;
  private static final int CPU_MAX = 3;
  private static final int CONTROL_WRITE_CPU_MODEL = 7 | 1 << 26 | 1 << 30;
  private static final int CONTROL_DROP_TRANSLATIONS = 9 | 2 << 26 | 1 << 30;
  private static final int HOOK_INTERRUPT = 1;
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;

  // uc_err
  private static final int READ_UNMAPPED = 6;
  private static final int WRITE_UNMAPPED = 7;
  private static final int FETCH_UNMAPPED = 8;
  private static final int WRITE_PROTECTED = 12;
  private static final int READ_PROTECTED = 13;
  private static final int FETCH_PROTECTED = 14;

  // qemu's numbers of exceptions, given to the hook
  private static final int UNDEFINED = 1;
  private static final int SUPERVISOR_CALL = 2;
  private static final int PREFETCH_ABORT = 3;
  private static final int DATA_ABORT = 4;
  private static final int BREAKPOINT = 7;

  private static final int MSR_SCTLR_EL1_X0 = 0xd5181000;
  private static final int MRS_X0_SCTLR_EL1 = 0xd5381000;
  private static final int MSR_TCR_EL1_X0 = 0xd5182040;
  private static final int MSR_CNTKCTL_EL1_X0 = 0xd518e100;
  private static final int ERET = 0xd69f03e0;

  /** SCTLR_EL1's UCI, nTWE, nTWI, UCT and DZE: as Linux has it. */
  private static final long USER_MAY = 1L << 26 | 1L << 18 | 1L << 16 | 1L << 15 | 1L << 14;

  /** TCR_EL1's TBI1 and TBI0: branches ignore the top byte of addresses. */
  private static final long TAGGED = 3L << 37;

  /** CNTKCTL_EL1's EL0VCTEN. */
  private static final long USER_MAY_COUNT = 2;

  private final Arena arena = Arena.ofShared();
  private final UnicornLibrary library = new UnicornLibrary();
  private final MemorySegment code = arena.allocate(TestMemory.CODE_BYTES, 4096);
  private final MemorySegment data = arena.allocate(TestMemory.DATA_BYTES, 4096);
  private final MemorySegment handle = arena.allocate(ADDRESS);
  private final MemorySegment hook = hook();
  private MemorySegment engine;
  private UnicornRegisters registers;
  private int interrupt;

  private UnicornOracle() throws Throwable {
    open();
  }

  private void open() throws Throwable {
    check((int) library.open.invokeExact(ARCHITECTURE_ARM64, 0, handle));
    engine = handle.get(ADDRESS, 0);
    check((int) library.control.invokeExact(engine, CONTROL_WRITE_CPU_MODEL, CPU_MAX));
    registers = new UnicornRegisters(library, engine, arena);
    mapMemory();
    hookInterrupts();
    enterUserMode();
  }

  /**
   * Restarts the engine with its exclusive monitor open. Call it every million steps, since the
   * engine crashes when the buffer of its translations is full for the first time, after some five
   * million.
   */
  void renew() {
    try {
      check((int) library.close.invokeExact(engine));
      open();
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 does not start again", e);
    }
  }

  /** Skips the calling test, saying why, where the library is absent. */
  static UnicornOracle assume() {
    String absence = UnicornLibrary.absence().orElse("");
    Assumptions.assumeTrue(absence.isEmpty(), absence + ": the comparison with it is skipped");
    try {
      return new UnicornOracle();
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 does not start", e);
    }
  }

  private void mapMemory() throws Throwable {
    map(TestMemory.CODE, code, READ | EXECUTE);
    long border = TestMemory.WRITABLE_BYTES;
    map(TestMemory.DATA, data.asSlice(0, border), READ | WRITE);
    map(TestMemory.DATA + border, data.asSlice(border), READ);
  }

  private void map(long address, MemorySegment memory, int protection) throws Throwable {
    long size = memory.byteSize();
    check((int) library.mapPointer.invokeExact(engine, address, size, protection, memory));
  }

  private MemorySegment hook() throws ReflectiveOperationException {
    return UnicornLibrary.callback(
        MethodHandles.lookup()
            .bind(
                this,
                "interrupted",
                MethodType.methodType(
                    void.class, MemorySegment.class, int.class, MemorySegment.class)),
        FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS),
        arena);
  }

  private void hookInterrupts() throws Throwable {
    MemorySegment none = MemorySegment.NULL;
    check((int) library.addHook.invokeExact(engine, handle, HOOK_INTERRUPT, hook, none, 1L, 0L));
  }

  /** Called by the library with the number of an exception. */
  private void interrupted(MemorySegment uc, int number, MemorySegment user) {
    interrupt = number;
    try {
      check((int) library.stop.invokeExact(engine));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The engine starts at EL1. The exception link register is 0, so returning from an exception goes
   * to address 0, where nothing is, at EL0.
   */
  private void enterUserMode() throws Throwable {
    CpuState state = new CpuState();
    state.pc = TestMemory.CODE;
    step(state, MRS_X0_SCTLR_EL1);
    state.x[0] |= USER_MAY;
    step(state, MSR_SCTLR_EL1_X0);
    state.x[0] = TAGGED;
    step(state, MSR_TCR_EL1_X0);
    state.x[0] = USER_MAY_COUNT;
    step(state, MSR_CNTKCTL_EL1_X0);
    step(state, ERET);
    state.pc = TestMemory.CODE;
    if (step(state, MRS_X0_SCTLR_EL1) != StopKind.UNDEFINED) {
      throw new IllegalStateException("it is not at EL0");
    }
  }

  /** Takes over the data of {@link TestMemory}. */
  void fill(byte[] bytes) {
    MemorySegment.copy(bytes, 0, data, JAVA_BYTE, 0, bytes.length);
  }

  /** Whether the data are these. */
  boolean holds(byte[] bytes) {
    return data.mismatch(MemorySegment.ofArray(bytes)) < 0;
  }

  /** The first data that are not these, as an index, or -1. */
  long mismatch(byte[] bytes) {
    return data.mismatch(MemorySegment.ofArray(bytes));
  }

  /** A byte of the data. */
  byte dataAt(long index) {
    return data.get(JAVA_BYTE, index);
  }

  /**
   * Writes an instruction to {@code state.pc}, which is in the code, and executes it.
   *
   * @param state taken over before, all registers and flags but not the exclusive monitor, and
   *     given back after
   */
  StopKind step(CpuState state, int instruction) {
    try {
      long pc = state.pc;
      write(pc, instruction);
      registers.write(state);
      interrupt = -1;
      int error = (int) library.start.invokeExact(engine, pc, pc + 4, 0L, 1L);
      registers.read(state);
      return kind(error, state.pc != pc);
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 failed", e);
    }
  }

  /** Much faster than uc_mem_write, which makes the memory writable and back again. */
  private void write(long address, int instruction) throws Throwable {
    code.set(JAVA_INT, address - TestMemory.CODE, instruction);
    check(
        (int)
            library.controlRange.invokeExact(
                engine, CONTROL_DROP_TRANSLATIONS, address, address + 4));
  }

  private StopKind kind(int error, boolean moved) {
    return switch (error) {
      case 0 -> kindOfInterrupt();
      case READ_UNMAPPED -> StopKind.READ_UNMAPPED;
      case READ_PROTECTED -> StopKind.READ_FORBIDDEN;
      case WRITE_UNMAPPED -> StopKind.WRITE_UNMAPPED;
      case WRITE_PROTECTED -> StopKind.WRITE_FORBIDDEN;
      // It looked at the next instruction already; that is not part of this one.
      case FETCH_UNMAPPED, FETCH_PROTECTED -> moved ? StopKind.NONE : StopKind.OTHER;
      default -> StopKind.OTHER;
    };
  }

  private StopKind kindOfInterrupt() {
    return switch (interrupt) {
      case -1 -> StopKind.NONE;
      case UNDEFINED -> StopKind.UNDEFINED;
      case SUPERVISOR_CALL -> StopKind.SVC;
      case BREAKPOINT -> StopKind.BRK;
      case PREFETCH_ABORT -> StopKind.NONE; // the next instruction is not aligned
      case DATA_ABORT -> StopKind.ALIGNMENT;
      default -> StopKind.OTHER;
    };
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("libunicorn2 reports error " + error);
    }
  }

  @Override
  public void close() {
    try {
      check((int) library.close.invokeExact(engine));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    arena.close();
  }
}
