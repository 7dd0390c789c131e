package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.OtherMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Tracing;
import dev.axon64.linux.process.Tracing.Mode;
import dev.axon64.linux.process.Tracing.Place;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The call by which threads trace others: ptrace(2). */
final class TraceCalls implements CallGroup {
  private static final int TRACEME = 0;
  private static final int PEEKTEXT = 1;
  private static final int PEEKDATA = 2;
  private static final int POKETEXT = 4;
  private static final int POKEDATA = 5;
  private static final int CONT = 7;
  private static final int KILL = 8;
  private static final int SINGLESTEP = 9;
  private static final int ATTACH = 16;
  private static final int DETACH = 17;
  private static final int SYSCALL = 24;
  private static final int SYSEMU = 31;
  private static final int SETOPTIONS = 0x4200;
  private static final int GETEVENTMSG = 0x4201;
  private static final int GETSIGINFO = 0x4202;
  private static final int SETSIGINFO = 0x4203;
  private static final int GETREGSET = 0x4204;
  private static final int SETREGSET = 0x4205;
  private static final int SEIZE = 0x4206;
  private static final int INTERRUPT = 0x4207;
  private static final int LISTEN = 0x4208;
  private static final int GETSIGMASK = 0x420a;
  private static final int SETSIGMASK = 0x420b;
  private static final int GET_SYSCALL_INFO = 0x420e;

  private static final long KNOWN_OPTIONS = 0x3000ff;
  private static final long SUSPEND_SECCOMP = 1 << 21;
  private static final int ARCHITECTURE = 0xc00000b7;
  private static final int INFO_HEAD = 24;
  private static final int INFO_ENTRY = INFO_HEAD + 7 * 8;
  private static final int INFO_EXIT = INFO_HEAD + 9;
  private static final long LEAST_ERROR = -4095;

  private final Kernel kernel;

  TraceCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.PTRACE, this::trace);
  }

  private long trace(Task task, long[] a) {
    if (a[0] == TRACEME) {
      return traceMe(task);
    }
    Task target = kernel.task((int) a[1]);
    if (target == null) {
      throw new SysError(Errno.ESRCH);
    }
    if (a[0] == ATTACH) {
      attach(task, target, false, 0);
      return 0;
    }
    if (a[0] == SEIZE) {
      if (a[2] != 0) {
        throw new SysError(Errno.EIO);
      }
      checkOptions(a[3], Errno.EIO);
      attach(task, target, true, a[3]);
      return 0;
    }
    Tracing tracing = target.tracing;
    boolean needsStop = a[0] != KILL && a[0] != INTERRUPT;
    if (tracing == null || tracing.tracer != task || needsStop && !tracing.isObedient()) {
      throw new SysError(Errno.ESRCH);
    }
    return request(task, target, a);
  }

  private long traceMe(Task task) {
    Task maker = task.process.maker;
    if (task.tracing != null) {
      throw new SysError(Errno.EPERM);
    }
    Task tracer = maker != null && !maker.dead ? maker : null;
    if (tracer == null && task.process.parent != null) {
      tracer = task.process.parent.leader();
    }
    if (tracer == null) {
      throw new SysError(Errno.EPERM);
    }
    kernel.tracer.askedFor(task, tracer);
    return 0;
  }

  private void attach(Task task, Task target, boolean seize, long options) {
    if (target.process == task.process
        || target.tracing != null
        || !Rights.mayInspect(task, target.process)) {
      throw new SysError(Errno.EPERM);
    }
    kernel.tracer.attach(target, task, seize, options);
  }

  private static void checkOptions(long options, int error) {
    if ((options & ~KNOWN_OPTIONS) != 0 || (options & SUSPEND_SECCOMP) != 0) {
      throw new SysError(error);
    }
  }

  private long request(Task task, Task target, long[] a) {
    Tracing tracing = target.tracing;
    switch ((int) a[0]) {
      case PEEKTEXT, PEEKDATA ->
          task.cpu.memory.write(a[3], OtherMemory.read(target.cpu.memory, a[2], Long.BYTES));
      case POKETEXT, POKEDATA ->
          OtherMemory.write(
              target.cpu.memory, a[2], Guest.struct(Long.BYTES).putLong(0, a[3]).array());
      case CONT -> goOn(target, Mode.RUN, a[3]);
      case SYSCALL -> goOn(target, Mode.TO_CALL, a[3]);
      case SYSEMU -> goOn(target, Mode.WITHOUT_CALL, a[3]);
      case SINGLESTEP -> goOn(target, Mode.ONE_STEP, a[3]);
      case DETACH -> kernel.tracer.detach(target, signal(a[3]));
      case KILL -> kernel.signals.send(target, SigInfo.from(Signals.SIGKILL, 0, 0, 0));
      case INTERRUPT, LISTEN -> seized(target, (int) a[0]);
      case SETOPTIONS -> {
        checkOptions(a[3], Errno.EINVAL);
        tracing.options = a[3];
      }
      case GETEVENTMSG -> task.cpu.memory.store64(a[3], tracing.message());
      case GETSIGINFO -> task.cpu.memory.write(a[3], info(tracing).bytes());
      case SETSIGINFO -> {
        info(tracing);
        byte[] given = task.cpu.memory.read(a[3], SigInfo.SIZE);
        int signal = ByteBuffer.wrap(given).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        tracing.setInfo(SigInfo.of(signal, given));
      }
      case GETREGSET, SETREGSET -> registers(task, target, a);
      case GETSIGMASK, SETSIGMASK -> mask(task, target, a);
      case GET_SYSCALL_INFO -> {
        return callInfo(task, target, a);
      }
      default -> throw new SysError(Errno.EIO);
    }
    return 0;
  }

  private static int signal(long number) {
    if (number < 0 || number > Signals.LAST) {
      throw new SysError(Errno.EIO);
    }
    return (int) number;
  }

  private void goOn(Task target, Mode mode, long signal) {
    kernel.tracer.goOn(target, mode, signal(signal));
  }

  private void seized(Task target, int request) {
    Tracing tracing = target.tracing;
    if (!tracing.seized || request == LISTEN && tracing.place() != Place.WITH_PROCESS) {
      throw new SysError(Errno.EIO);
    }
    if (request == LISTEN) {
      kernel.tracer.listen(target);
    } else {
      kernel.tracer.interrupt(target);
    }
  }

  private static SigInfo info(Tracing tracing) {
    if (tracing.info() == null) {
      throw new SysError(Errno.EINVAL);
    }
    return tracing.info();
  }

  /** Moves a set of registers by a struct iovec, which is told how many bytes it has. */
  private static void registers(Task task, Task target, long[] a) {
    long base = task.cpu.memory.load64(a[3]);
    long length = task.cpu.memory.load64(a[3] + Long.BYTES);
    int size = RegisterSets.size(a[2], Math.max(0, length));
    if (a[0] == GETREGSET) {
      task.cpu.memory.write(base, RegisterSets.read(target, a[2], size));
    } else {
      RegisterSets.write(target, a[2], task.cpu.memory.read(base, size));
    }
    task.cpu.memory.store64(a[3] + Long.BYTES, size);
  }

  private static void mask(Task task, Task target, long[] a) {
    if (a[2] != Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
    if (a[0] == GETSIGMASK) {
      Long saved = target.savedMask;
      task.cpu.memory.store64(a[3], saved == null ? target.blocked : saved);
    } else {
      target.blocked = task.cpu.memory.load64(a[3]) & ~Signals.UNBLOCKABLE;
      target.savedMask = null;
    }
  }

  /** Tells of the call that a thread has stopped before or after (struct ptrace_syscall_info). */
  private static long callInfo(Task task, Task target, long[] a) {
    CpuState cpu = target.cpu;
    Place place = target.tracing.place();
    ByteBuffer b = Guest.struct(INFO_ENTRY);
    b.putInt(4, ARCHITECTURE).putLong(8, cpu.pc).putLong(16, cpu.x[CpuState.SP]);
    int size = INFO_HEAD;
    if (place == Place.BEFORE_CALL) {
      b.put(0, (byte) 1).putLong(INFO_HEAD, RegisterSets.number(target));
      for (int i = 0; i < 6; i++) {
        b.putLong(INFO_HEAD + 8 * (i + 1), cpu.x[i]);
      }
      size = INFO_ENTRY;
    } else if (place == Place.AFTER_CALL) {
      long result = cpu.x[0];
      boolean failed = result < 0 && result >= LEAST_ERROR;
      b.put(0, (byte) 2).putLong(INFO_HEAD, result);
      b.put(INFO_HEAD + 8, (byte) (failed ? 1 : 0));
      size = INFO_EXIT;
    }
    int some = (int) Math.min(size, Math.max(0, a[2]));
    task.cpu.memory.write(a[3], Arrays.copyOf(b.array(), some));
    return size;
  }
}
