package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.TracedCalls;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;

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
  private static final long CLONE_PIDFD = 0x1000;
  private static final long CLONE_UNTRACED = 0x800000;
  private static final long CLONE_DETACHED = 0x400000;
  private static final long CLONE_CLEAR_SIGHAND = 1L << 32;
  private static final long CLONE_NAMESPACES = 0x7e020000L | 0x80;
  private static final long EXIT_SIGNAL = 0xff;

  /** Bytes of the first struct clone_args. */
  private static final int FIRST_ARGUMENTS = 64;

  /** Bytes of what is known of a struct clone_args. */
  private static final int KNOWN_ARGUMENTS = 88;

  /** Bytes of a struct robust_list_head. */
  private static final int ROBUST_LIST_SIZE = 24;

  private final Kernel kernel;

  CloneCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.CLONE, this::clone);
    table.bind(SystemCall.CLONE3, this::clone3);
    table.bind(SystemCall.SET_TID_ADDRESS, this::setTidAddress);
    table.bind(SystemCall.SET_ROBUST_LIST, this::setRobustList);
    table.bind(SystemCall.RSEQ, Replies.error(Errno.ENOSYS)); // programs do without it
  }

  /**
   * What is asked of a clone.
   *
   * @param flags without the signal at the end
   * @param exitSignal that the parent gets at the end
   * @param stack the child's stack pointer; 0 for the parent's
   * @param processFile where a descriptor of the child is put
   * @param parentId where the child's number is put for the parent
   * @param childId where the child's number is put for the child
   * @param threadPointer the child's
   */
  private record Request(
      long flags,
      int exitSignal,
      long stack,
      long processFile,
      long parentId,
      long childId,
      long threadPointer) {
    boolean has(long flag) {
      return (flags & flag) != 0;
    }
  }

  private long clone(Task task, long[] a) {
    if (task.wait != null) {
      return afterVfork(task);
    }
    long flags = a[0] & 0xffffffffL & ~EXIT_SIGNAL;
    int exitSignal = (int) (a[0] & EXIT_SIGNAL);
    Request request = new Request(flags, exitSignal, a[1], a[2], a[2], a[4], a[3]);
    if (request.has(CLONE_PIDFD) && request.has(CLONE_PARENT_SETTID | CLONE_DETACHED)) {
      throw new SysError(Errno.EINVAL);
    }
    return clone(task, request);
  }

  /** The child has run another program, or has ended. */
  private long afterVfork(Task task) {
    int child = (int) task.wait.note();
    kernel.tracedCalls.vforkDone(task, child);
    return child;
  }

  private long clone3(Task task, long[] a) {
    if (task.wait != null) {
      return afterVfork(task);
    }
    if (Long.compareUnsigned(a[1], AddressSpace.PAGE) > 0) {
      throw new SysError(Errno.E2BIG);
    }
    if (a[1] < FIRST_ARGUMENTS) {
      throw new SysError(Errno.EINVAL);
    }
    ByteBuffer given = Guest.struct(task, a[0], (int) a[1]);
    for (int at = KNOWN_ARGUMENTS; at < given.capacity(); at++) {
      if (given.get(at) != 0) {
        throw new SysError(Errno.E2BIG);
      }
    }
    ByteBuffer b = Guest.struct(Math.max(KNOWN_ARGUMENTS, given.capacity()));
    b.put(0, given.array());
    long flags = b.getLong(0);
    long stack = b.getLong(40);
    long size = b.getLong(48);
    boolean wrongFlags =
        (flags & (EXIT_SIGNAL & ~CLONE_NAMESPACES | CLONE_DETACHED)) != 0 || flags >>> 34 != 0;
    boolean wrongIds = b.getLong(64) != 0 || b.getLong(72) != 0;
    long exitSignal = b.getLong(32);
    boolean silent = (flags & (CLONE_THREAD | CLONE_PARENT)) != 0;
    if (wrongFlags
        || (stack == 0) != (size == 0)
        || exitSignal < 0
        || exitSignal > Signals.LAST
        || silent && exitSignal != 0
        || (flags & CLONE_CLEAR_SIGHAND) != 0 && (flags & CLONE_SIGHAND) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (wrongIds || (flags & 1L << 33) != 0) {
      throw new SysError(Errno.EPERM); // numbers of one's own choice, control groups
    }
    return clone(
        task,
        new Request(
            flags,
            (int) exitSignal,
            stack + size,
            b.getLong(8),
            b.getLong(24),
            b.getLong(16),
            b.getLong(56)));
  }

  private long clone(Task task, Request request) {
    check(request);
    if (request.has(CLONE_PIDFD)) {
      Guest.checkWritable(task, request.processFile, Integer.BYTES);
      task.process.files.checkRoom(1);
    }
    int id = kernel.newId();
    if (request.has(CLONE_PARENT_SETTID)) {
      task.cpu.memory.store32(request.parentId, id);
    }
    Task child = request.has(CLONE_THREAD) ? thread(task, id) : fork(task, id, request);
    child.cpu.x[0] = 0;
    if (request.stack != 0) {
      child.cpu.x[CpuState.SP] = request.stack;
    }
    child.blocked = task.blocked;
    boolean keepsStack = !request.has(CLONE_VM) || request.has(CLONE_VFORK);
    child.altStack = keepsStack ? task.altStack : AltStack.NONE;
    setThreadState(child, request);
    if (request.has(CLONE_PIDFD)) {
      int descriptor = ProcessFileCalls.add(task, child.process, 0);
      task.cpu.memory.store32(request.processFile, descriptor);
    }
    if (!request.has(CLONE_UNTRACED)) {
      kernel.tracedCalls.cloned(task, child, event(request));
    }
    if (request.has(CLONE_VFORK)) {
      Process process = child.process;
      process.vforkParent = task;
      throw task.park(Wait.until(() -> process.vforkParent == null, Wait.FOREVER).noting(id));
    }
    return id;
  }

  /** How a tracer is told of a clone. */
  private static int event(Request request) {
    if (request.has(CLONE_VFORK)) {
      return TracedCalls.VFORK;
    }
    return request.exitSignal == Signals.SIGCHLD ? TracedCalls.FORK : TracedCalls.CLONE;
  }

  private static void setThreadState(Task child, Request request) {
    AddressSpace memory = child.cpu.memory;
    if (request.has(CLONE_SETTLS)) {
      child.cpu.tpidr = request.threadPointer;
    }
    if (request.has(CLONE_CHILD_CLEARTID)) {
      child.clearChildId = request.childId;
    }
    if (request.has(CLONE_CHILD_SETTID)
        && memory.accessible(request.childId, Integer.BYTES, AddressSpace.WRITE) == Integer.BYTES) {
      memory.store32(request.childId, child.id);
    }
  }

  private static void check(Request request) {
    boolean thread = request.has(CLONE_THREAD);
    if (thread && !request.has(CLONE_SIGHAND)
        || request.has(CLONE_SIGHAND) && !request.has(CLONE_VM)
        || thread && request.has(CLONE_VFORK)
        || thread && request.has(CLONE_PIDFD)
        || request.exitSignal > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    if (request.has(CLONE_NAMESPACES)) {
      throw new SysError(Errno.EPERM);
    }
  }

  private Task thread(Task task, int id) {
    Task child = new Task(id, task.process, task.cpu.copy());
    child.name = task.name;
    inherit(task, child);
    kernel.add(child);
    return child;
  }

  private static void inherit(Task task, Task child) {
    child.identity = task.identity;
    child.scheduling = task.scheduling.forChild();
    child.persona = task.persona;
    child.timerSlack = task.timerSlack;
    child.tagsPointers = task.tagsPointers;
  }

  private Task fork(Task task, int id, Request request) {
    Process from = task.process;
    Process parent = request.has(CLONE_PARENT) ? from.parent : from;
    Process child = from.fork(id, parent, kernel.clock.monotonic());
    child.name = task.name;
    child.maker = task;
    child.exitSignal = request.exitSignal;
    if (request.has(CLONE_VM)) {
      child.memory = from.memory;
      child.memory.users++;
    } else {
      try {
        child.memory = from.memory.fork();
      } catch (MemoryFault e) {
        throw new SysError(Errno.ENOMEM);
      }
    }
    if (request.has(CLONE_FILES)) {
      child.files = from.files;
      child.files.users++;
    } else {
      child.files = from.files.fork();
    }
    child.view = request.has(CLONE_FS) ? from.view : from.view.fork();
    child.actions = request.has(CLONE_SIGHAND) ? from.actions : from.actions.fork();
    if (request.has(CLONE_CLEAR_SIGHAND)) {
      child.actions.forExec();
    }
    if (parent != null) {
      parent.children.add(child);
    }
    Task first = new Task(id, child, task.cpu.copy());
    first.cpu.memory = child.memory.space;
    child.identity = task.identity;
    inherit(task, first);
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
