package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MissingPage;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Makes system calls: number in X8, arguments in X0 to X5, result in X0. */
public final class Syscalls {
  private static final int NUMBER = 8;
  private static final int SIGRETURN = 139;

  private final CallTable table = new CallTable();
  private final Kernel kernel;
  private final CallTrace trace;
  private final Set<Long> unknown = new HashSet<>();

  /**
   * All calls.
   *
   * @param trace takes a line for each finished call; null for none
   */
  public Syscalls(Kernel kernel, Consumer<String> trace) {
    this.kernel = kernel;
    this.trace = trace == null ? null : new CallTrace(trace);
    TransferCalls transfer = new TransferCalls(kernel, table);
    new PathCalls(kernel, table, transfer);
    new StatCalls(kernel, table);
    new DescriptorCalls(kernel, table);
    new PollCalls(kernel, table);
    new MemoryCalls(kernel, table);
    new ProcessCalls(kernel, table);
    new SignalCalls(kernel, table);
    new TimeCalls(kernel, table);
    new FutexCalls(kernel, table);
    new SystemCalls(kernel, table);
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
    long[] arguments = new long[6];
    System.arraycopy(task.cpu.x, 0, arguments, 0, arguments.length);
    CallTable.Entry entry = table.get(number);
    if (entry != null) {
      narrow(entry.format(), arguments);
    }
    boolean shown = trace != null && task.wait == null;
    String text = shown && entry != null ? trace.text(task, entry, arguments) : null;
    task.parked = false;
    kernel.current = task.process;
    long result;
    try {
      result = entry == null ? unknown(number) : entry.handler().call(task, arguments);
    } catch (Wait.Parked parked) {
      if (shown) {
        trace.line(task, text + " ...");
      }
      task.timedOut = false;
      return;
    } catch (SysError e) {
      result = -e.errno;
    } catch (MemoryFault e) {
      result = -Errno.EFAULT;
    } catch (MissingPage e) {
      throw e; // the program has not seen what it should have: nothing it does now is right
    } catch (RuntimeException e) { // a mistake of ours must not end the machine
      kernel.warnings.accept("system call " + number + " failed inside the emulator: " + e);
      result = -Errno.EIO;
    }
    task.wait = null;
    task.timedOut = false;
    if (task.savedMask != null && number != SIGRETURN) { // it was for the time of waiting only
      task.blocked = task.savedMask;
      task.savedMask = null;
    }
    if (trace != null) {
      trace.result(task, text != null ? text : entry == null ? "#" + number : entry.name(), result);
    }
    boolean replaced = number == 221 || number == 281;
    if (!task.dead && number != SIGRETURN && !(replaced && result == 0)) {
      task.cpu.x[0] = result;
    }
  }

  /** What the kernel takes as an int has no upper half. */
  private static void narrow(String format, long[] arguments) {
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) == 'i' || format.charAt(i) == 'f') {
        arguments[i] = (int) arguments[i];
      }
    }
  }

  private long unknown(long number) {
    if (unknown.size() < 64 && unknown.add(number)) {
      kernel.warnings.accept(
          "system call " + number + " is not known here; the program gets ENOSYS");
    }
    throw new SysError(Errno.ENOSYS);
  }
}
