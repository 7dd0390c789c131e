package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;

/** Calls that make processes and threads and say what is done at a thread's end. */
final class CloneCalls implements CallGroup {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_PARENT = 0x8000;
  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_SETTLS = 0x80000;
  private static final long CLONE_PARENT_SETTID = 0x100000;
  private static final long CLONE_CHILD_CLEARTID = 0x200000;
  private static final long CLONE_CHILD_SETTID = 0x1000000;
  private static final long CLONE_NAMESPACES = 0x7e020000L | 0x80;
  private static final long EXIT_SIGNAL = 0xff;

  /** Bytes of a struct robust_list_head. */
  private static final int ROBUST_LIST_SIZE = 24;

  private final Kernel kernel;

  CloneCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.CLONE, this::clone);
    table.bind(SystemCall.CLONE3, Replies.error(Errno.ENOSYS)); // programs do without it
    table.bind(SystemCall.SET_TID_ADDRESS, this::setTidAddress);
    table.bind(SystemCall.SET_ROBUST_LIST, this::setRobustList);
    table.bind(SystemCall.RSEQ, Replies.error(Errno.ENOSYS)); // programs do without it
  }

  private long clone(Task task, long[] a) {
    if (task.wait != null) {
      return (int) task.wait.note(); // the vfork child has gone on
    }
    long flags = a[0];
    check(flags);
    int id = kernel.newId();
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      task.cpu.memory.store32(a[2], id);
    }
    Task child = (flags & CLONE_THREAD) != 0 ? thread(task, id) : fork(task, id, flags);
    child.cpu.x[0] = 0;
    if (a[1] != 0) {
      child.cpu.x[CpuState.SP] = a[1];
    }
    child.blocked = task.blocked;
    boolean keepsStack = (flags & CLONE_VM) == 0 || (flags & CLONE_VFORK) != 0;
    child.altStack = keepsStack ? task.altStack : AltStack.NONE;
    setThreadState(child, flags, a);
    if ((flags & CLONE_VFORK) != 0) {
      Process process = child.process;
      process.vforkParent = task;
      throw task.park(Wait.until(() -> process.vforkParent == null, Wait.FOREVER).noting(id));
    }
    return id;
  }

  private static void setThreadState(Task child, long flags, long[] a) {
    AddressSpace memory = child.cpu.memory;
    if ((flags & CLONE_SETTLS) != 0) {
      child.cpu.tpidr = a[3];
    }
    if ((flags & CLONE_CHILD_CLEARTID) != 0) {
      child.clearChildId = a[4];
    }
    if ((flags & CLONE_CHILD_SETTID) != 0
        && memory.accessible(a[4], Integer.BYTES, AddressSpace.WRITE) == Integer.BYTES) {
      memory.store32(a[4], child.id);
    }
  }

  private static void check(long flags) {
    if ((flags & CLONE_THREAD) != 0 && (flags & CLONE_SIGHAND) == 0
        || (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_VM) == 0
        || (flags & CLONE_THREAD) != 0 && (flags & CLONE_VFORK) != 0
        || (flags & EXIT_SIGNAL) > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    if ((flags & CLONE_NAMESPACES) != 0) {
      throw new SysError(Errno.EPERM);
    }
  }

  private Task thread(Task task, int id) {
    Task child = new Task(id, task.process, task.cpu.copy());
    child.name = task.name;
    kernel.add(child);
    return child;
  }

  private Task fork(Task task, int id, long flags) {
    Process from = task.process;
    Process parent = (flags & CLONE_PARENT) != 0 ? from.parent : from;
    Process child = from.fork(id, parent, kernel.clock.monotonic());
    child.name = task.name;
    child.exitSignal = (int) (flags & EXIT_SIGNAL);
    if ((flags & CLONE_VM) != 0) {
      child.memory = from.memory;
      child.memory.users++;
    } else {
      try {
        child.memory = from.memory.fork();
      } catch (MemoryFault e) {
        throw new SysError(Errno.ENOMEM);
      }
    }
    if ((flags & CLONE_FILES) != 0) {
      child.files = from.files;
      child.files.users++;
    } else {
      child.files = from.files.fork();
    }
    child.view = (flags & CLONE_FS) != 0 ? from.view : from.view.fork();
    child.actions = (flags & CLONE_SIGHAND) != 0 ? from.actions : from.actions.fork();
    if (parent != null) {
      parent.children.add(child);
    }
    Task first = new Task(id, child, task.cpu.copy());
    first.cpu.memory = child.memory.space;
    kernel.add(child, first);
    return first;
  }

  private long setTidAddress(Task task, long[] a) {
    task.clearChildId = a[0];
    return task.id;
  }

  private long setRobustList(Task task, long[] a) {
    if (a[1] != ROBUST_LIST_SIZE) {
      throw new SysError(Errno.EINVAL);
    }
    task.robustList = a[0];
    return 0;
  }
}
