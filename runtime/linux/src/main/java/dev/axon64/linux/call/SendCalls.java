package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import java.util.List;

/** Calls that send signals. */
final class SendCalls implements CallGroup {
  /** Stands for the threads of any process, as in tkill. */
  private static final long ANY_PROCESS = Long.MIN_VALUE;

  private final Kernel kernel;

  SendCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.KILL, this::kill);
    table.bind(SystemCall.TKILL, (t, a) -> tkill(t, ANY_PROCESS, a[0], a[1]));
    table.bind(SystemCall.TGKILL, (t, a) -> tkill(t, a[0], a[1], a[2]));
    table.bind(SystemCall.RT_SIGQUEUEINFO, this::queue);
    table.bind(SystemCall.RT_TGSIGQUEUEINFO, this::queueToThread);
  }

  private long kill(Task task, long[] a) {
    int signal = (int) a[1];
    if (signal < 0 || signal > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    int id = (int) a[0];
    List<Process> targets;
    if (id > 0) {
      Task thread = kernel.task(id);
      targets = List.of(thread == null ? kernel.process(id) : thread.process);
    } else if (id == -1) {
      targets = kernel.processes.values().stream().filter(p -> p != task.process).toList();
    } else {
      int group = id == 0 ? task.process.group : -id;
      targets = kernel.processes.values().stream().filter(p -> p.group == group).toList();
    }
    if (targets.isEmpty()) {
      throw new SysError(Errno.ESRCH);
    }
    boolean continues = signal == Signals.SIGCONT;
    List<Process> allowed =
        targets.stream().filter(p -> Rights.maySignal(task, p, continues)).toList();
    if (allowed.isEmpty()) {
      throw new SysError(Errno.EPERM);
    }
    if (signal != 0) {
      int user = task.identity.user().real();
      SigInfo info = SigInfo.from(signal, Signals.SI_USER, task.process.id, user);
      allowed.forEach(p -> kernel.signals.send(p, info));
    }
    return 0;
  }

  private long tkill(Task task, long group, long id, long number) {
    int signal = (int) number;
    if (signal < 0
        || signal > Signals.LAST
        || (int) id <= 0
        || group != ANY_PROCESS && (int) group <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    Task target = kernel.task((int) id);
    if (target == null || group != ANY_PROCESS && target.process.id != (int) group) {
      throw new SysError(Errno.ESRCH);
    }
    if (!Rights.maySignal(task, target.process, signal == Signals.SIGCONT)) {
      throw new SysError(Errno.EPERM);
    }
    if (signal != 0) {
      int user = task.identity.user().real();
      kernel.signals.send(target, SigInfo.from(signal, Signals.SI_TKILL, task.process.id, user));
    }
    return 0;
  }

  private long queue(Task task, long[] a) {
    int number = (int) a[1];
    SigInfo info = SigInfo.of(number, task.cpu.memory.read(a[2], SigInfo.SIZE));
    if (number < 0 || number > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    checkPretence(info, (int) a[0] == task.id);
    Task thread = kernel.task((int) a[0]);
    Process target = thread == null ? kernel.process(a[0]) : thread.process;
    checkRights(task, target, info);
    if (number != 0 && !kernel.signals.send(target, info)) {
      throw new SysError(Errno.EAGAIN);
    }
    return 0;
  }

  /** Only its own thread may be told that the kernel or kill has sent a signal. */
  private static void checkPretence(SigInfo info, boolean own) {
    if ((info.code() >= 0 || info.code() == Signals.SI_TKILL) && !own) {
      throw new SysError(Errno.EPERM);
    }
  }

  private static void checkRights(Task task, Process target, SigInfo info) {
    if (!Rights.maySignal(task, target, info.signal() == Signals.SIGCONT)) {
      throw new SysError(Errno.EPERM);
    }
  }

  private long queueToThread(Task task, long[] a) {
    int number = (int) a[2];
    SigInfo info = SigInfo.of(number, task.cpu.memory.read(a[3], SigInfo.SIZE));
    if (number < 0 || number > Signals.LAST || (int) a[0] <= 0 || (int) a[1] <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    checkPretence(info, (int) a[1] == task.id);
    Task target = kernel.task((int) a[1]);
    if (target == null || target.process.id != (int) a[0]) {
      throw new SysError(Errno.ESRCH);
    }
    checkRights(task, target.process, info);
    if (number != 0 && !kernel.signals.send(target, info)) {
      throw new SysError(Errno.EAGAIN);
    }
    return 0;
  }
}
