package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.abi.SystemCall.Outcome;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MissingPage;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes system calls: number in X8, arguments in X0 to X5, result in X0. */
public final class Syscalls {
  private static final int NUMBER = 8;
  private static final int MOST_WARNINGS = 64;

  /** CPU time that a call counts for, in nanoseconds; the same in every run. */
  private static final long TIME_OF_CALL = 1000;

  private final CallTable table = new CallTable();
  private final Kernel kernel;
  private final CallTrace trace;
  private final Set<Long> warned = new HashSet<>();

  /**
   * All calls.
   *
   * @param trace gets one line for each finished call; null for none
   */
  public Syscalls(Kernel kernel, Consumer<String> trace) {
    this.kernel = kernel;
    this.trace = trace == null ? null : new CallTrace(trace);
    LockCalls locks = new LockCalls(kernel);
    Stream.<CallGroup>of(
            new OpenCalls(kernel),
            new NamelessCalls(kernel),
            locks,
            new DescriptorCalls(kernel, locks),
            new ControlCalls(kernel),
            new TransferCalls(kernel),
            new VectorCalls(kernel),
            new CopyCalls(kernel),
            new SpliceCalls(kernel),
            new StorageCalls(kernel),
            new NameCalls(kernel),
            new InotifyCalls(kernel),
            new SegmentCalls(kernel),
            new SemaphoreCalls(kernel),
            new QueueCalls(kernel),
            new NamedQueueCalls(kernel),
            new FolderCalls(kernel),
            new AttributeCalls(kernel),
            new StatCalls(kernel),
            new AccessCalls(),
            new ExtendedAttributeCalls(kernel),
            new PollCalls(kernel),
            new EpollCalls(kernel),
            new EventCalls(kernel),
            new TimerCalls(kernel),
            new ProcessFileCalls(kernel),
            new SocketCalls(kernel),
            new MessageCalls(kernel),
            new OptionCalls(),
            new MappingCalls(kernel),
            new RemapCalls(kernel),
            new MemoryCalls(kernel),
            new CloneCalls(kernel),
            new ExecCalls(kernel),
            new ExitCalls(kernel),
            new IdentityCalls(kernel),
            new UserCalls(),
            new CapabilityCalls(kernel),
            new LimitCalls(kernel),
            new SchedulingCalls(kernel),
            new PriorityCalls(kernel),
            new ProcessorCalls(),
            new SignalCalls(kernel),
            new SendCalls(kernel),
            new FutexCalls(kernel),
            new TimeCalls(kernel),
            new IntervalTimerCalls(kernel),
            new AdjustmentCalls(kernel),
            new ProcessControlCalls(),
            new TraceCalls(kernel),
            new OtherMemoryCalls(kernel),
            new UnshareCalls(kernel),
            new SystemCalls(kernel))
        .forEach(group -> group.bindTo(table));
  }

  /** All calls, for tests. */
  CallTable table() {
    return table;
  }

  /**
   * Makes the call that a thread's registers ask for, or makes a parked one again. Afterwards the
   * result is in X0, or the thread is parked, or dead, or runs another program.
   */
  public void call(Task task) {
    long number = task.cpu.x[NUMBER];
    SystemCall call = SystemCall.of(number);
    long[] arguments = arguments(task, call);
    boolean again = task.wait != null;
    String text = text(task, number, call, arguments, again);
    task.parked = false;
    if (again) {
      task.wait.end();
    }
    task.callFiles.begin();
    kernel.caller = task;
    long result;
    try {
      result = result(task, number, call, arguments);
    } catch (Wait.Parked parked) {
      if (trace != null && !again) {
        trace.waits(task, text);
      }
      task.timedOut = false;
      task.callFiles.keep();
      return;
    }
    task.callFiles.end();
    task.wait = null;
    task.timedOut = false;
    task.systemTime += TIME_OF_CALL;
    Outcome outcome = call == null ? Outcome.RESULT : call.outcome();
    if (task.savedMask != null && outcome != Outcome.OLD_REGISTERS) {
      task.blocked = task.savedMask; // the other mask was for the time of waiting only
      task.savedMask = null;
    }
    if (trace != null) {
      trace.result(task, text, result);
    }
    if (!task.dead && leavesResult(outcome, result)) {
      task.cpu.x[0] = result;
    }
  }

  /** The arguments of a call; those that are ints have no upper half. */
  private static long[] arguments(Task task, SystemCall call) {
    String format = call == null ? "" : call.format();
    long[] arguments = new long[format.length()];
    for (int i = 0; i < arguments.length; i++) {
      char letter = format.charAt(i);
      boolean isInt = letter == 'i' || letter == 'f';
      arguments[i] = isInt ? (int) task.cpu.x[i] : task.cpu.x[i];
    }
    return arguments;
  }

  /** The call as the trace shows it; one that is made again was shown with its arguments before. */
  private String text(Task task, long number, SystemCall call, long[] arguments, boolean again) {
    if (trace == null) {
      return null;
    }
    return again && call != null ? call.toString() : CallTrace.text(task, number, call, arguments);
  }

  private long result(Task task, long number, SystemCall call, long[] arguments) {
    CallTable.Handler handler = call == null ? null : table.handler(call);
    if (handler == null) {
      warnOnce(number, call);
      return -Errno.ENOSYS;
    }
    try {
      TaggedPointers.check(task, call, arguments);
      return handler.call(task, arguments);
    } catch (Wait.Parked | MissingPage e) {
      throw e; // without the page nothing that the program does is right
    } catch (SysError e) {
      return -e.errno;
    } catch (MemoryFault e) {
      return -Errno.EFAULT;
    } catch (RuntimeException e) { // a mistake of ours must not end the machine
      kernel.warnings.accept("system call " + call + " failed inside the emulator: " + e);
      return -Errno.EIO;
    }
  }

  private static boolean leavesResult(Outcome outcome, long result) {
    return switch (outcome) {
      case RESULT -> true;
      case NEW_PROGRAM -> result < 0;
      case OLD_REGISTERS -> false;
    };
  }

  private void warnOnce(long number, SystemCall call) {
    if (warned.size() < MOST_WARNINGS && warned.add(number)) {
      String which = call == null ? Long.toString(number) : call + " (" + number + ")";
      kernel.warnings.accept(
          "system call " + which + " is not known here; the program gets ENOSYS");
    }
  }
}
