package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The sets of registers of a thread that another one may read and write (PTRACE_GETREGSET), in the
 * layouts of asm/ptrace.h.
 */
final class RegisterSets {
  private static final long NZCV = 0xf0000000L;
  private static final int SP_AT = 31 * 8;
  private static final int PC_AT = SP_AT + 8;
  private static final int PSTATE_AT = PC_AT + 8;
  private static final int VECTORS = 64;
  private static final int FPSR_AT = VECTORS * 8;

  /** An ID_AA64DFR0_EL1.DebugVer of 6, and no slots. */
  private static final int NO_SLOTS = 6 << 8;

  private RegisterSets() {}

  /** One set. */
  private interface RegisterSet {
    void read(Task task, ByteBuffer to);

    /** Writes registers; what the buffer holds behind the bytes given is as it was read. */
    void write(Task task, ByteBuffer from);
  }

  /**
   * A set and its size.
   *
   * @param size in bytes
   * @param word bytes of which whole ones are read and written
   */
  private record Sized(int size, int word, RegisterSet set) {}

  private static final Map<Integer, Sized> SETS =
      Map.of(
          1, new Sized(PSTATE_AT + 8, 8, new General()),
          2, new Sized(FPSR_AT + 16, 4, new FloatingPoint()),
          0x401, new Sized(8, 8, new ThreadPointer()),
          0x402, new Sized(8, 4, new Slots()),
          0x403, new Sized(8, 4, new Slots()),
          0x404, new Sized(4, 4, new CallNumber()));

  private static Sized find(long type) {
    Sized set = SETS.get((int) type);
    if (set == null || type != (int) type) {
      throw new SysError(Errno.EINVAL);
    }
    return set;
  }

  private static ByteBuffer read(Task task, Sized set) {
    ByteBuffer all = Guest.struct(set.size);
    set.set.read(task, all);
    return all;
  }

  /** The first bytes of a set. */
  static byte[] read(Task task, long type, int count) {
    return Arrays.copyOf(read(task, find(type)).array(), count);
  }

  /** Writes the first bytes of a set; the others stay. */
  static void write(Task task, long type, byte[] bytes) {
    Sized set = find(type);
    ByteBuffer all = read(task, set);
    all.put(0, bytes);
    set.set.write(task, all);
  }

  /**
   * How many bytes of a set are read or written, of so many that were asked for; fails with EINVAL
   * if these are not whole words.
   */
  static int size(long type, long wanted) {
    Sized set = find(type);
    if (wanted % set.word != 0) {
      throw new SysError(Errno.EINVAL);
    }
    return (int) Math.min(wanted, set.size);
  }

  private static final class General implements RegisterSet {
    @Override
    public void read(Task task, ByteBuffer to) {
      CpuState cpu = task.cpu;
      for (int i = 0; i < 31; i++) {
        to.putLong(8 * i, cpu.x[i]);
      }
      to.putLong(SP_AT, cpu.x[CpuState.SP]).putLong(PC_AT, cpu.pc).putLong(PSTATE_AT, cpu.nzcv());
    }

    @Override
    public void write(Task task, ByteBuffer from) {
      CpuState cpu = task.cpu;
      for (int i = 0; i < 31; i++) {
        cpu.x[i] = from.getLong(8 * i);
      }
      cpu.x[CpuState.SP] = from.getLong(SP_AT);
      cpu.pc = from.getLong(PC_AT);
      cpu.setNzcv(from.getLong(PSTATE_AT) & NZCV);
      cpu.excl_on = 0;
    }
  }

  private static final class FloatingPoint implements RegisterSet {
    @Override
    public void read(Task task, ByteBuffer to) {
      CpuState cpu = task.cpu;
      for (int i = 0; i < VECTORS; i++) {
        to.putLong(8 * i, cpu.v[i]);
      }
      to.putInt(FPSR_AT, (int) cpu.fpsr).putInt(FPSR_AT + 4, (int) cpu.fpcr);
    }

    @Override
    public void write(Task task, ByteBuffer from) {
      CpuState cpu = task.cpu;
      for (int i = 0; i < VECTORS; i++) {
        cpu.v[i] = from.getLong(8 * i);
      }
      cpu.fpsr = from.getInt(FPSR_AT) & 0xffffffffL;
      cpu.fpcr = from.getInt(FPSR_AT + 4) & 0xffffffffL;
    }
  }

  private static final class ThreadPointer implements RegisterSet {
    @Override
    public void read(Task task, ByteBuffer to) {
      to.putLong(0, task.cpu.tpidr);
    }

    @Override
    public void write(Task task, ByteBuffer from) {
      task.cpu.tpidr = from.getLong(0);
    }
  }

  /** Breakpoints and watchpoints of the processor, of which there are none. */
  private static final class Slots implements RegisterSet {
    @Override
    public void read(Task task, ByteBuffer to) {
      to.putInt(0, NO_SLOTS);
    }

    @Override
    public void write(Task task, ByteBuffer from) {
      // Nothing but what is read can be written.
    }
  }

  private static final class CallNumber implements RegisterSet {
    @Override
    public void read(Task task, ByteBuffer to) {
      to.putInt(0, number(task));
    }

    @Override
    public void write(Task task, ByteBuffer from) {
      task.tracing.setCallNumber(from.getInt(0));
    }
  }

  /** The number of the call that a thread makes. */
  static int number(Task task) {
    Integer changed = task.tracing.callNumber();
    return changed == null ? (int) task.cpu.x[8] : changed;
  }
}
