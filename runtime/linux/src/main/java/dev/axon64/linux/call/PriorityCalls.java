package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.util.List;

/** Calls about priorities, which are kept but have no effect. */
final class PriorityCalls implements CallGroup {
  // Whom getpriority and setpriority mean; those of ioprio_get are one higher.
  private static final int PRIO_PROCESS = 0;
  private static final int PRIO_PGRP = 1;
  private static final int PRIO_USER = 2;

  private static final int CLASS_SHIFT = 13;
  private static final int CLASS_NONE = 0;
  private static final int CLASS_REAL_TIME = 1;
  private static final int CLASS_IDLE = 3;
  private static final int LEVELS = 8;

  private final Kernel kernel;

  PriorityCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SETPRIORITY, this::set);
    table.bind(SystemCall.GETPRIORITY, this::get);
    table.bind(SystemCall.IOPRIO_SET, this::setIo);
    table.bind(SystemCall.IOPRIO_GET, this::getIo);
  }

  /** The threads that are meant; fails with ESRCH if there are none. */
  private List<Task> meant(Task task, int which, int who) {
    List<Task> all =
        switch (which) {
          case PRIO_PROCESS -> {
            Task one = who == 0 ? task : kernel.task(who);
            yield one == null ? List.of() : List.of(one);
          }
          case PRIO_PGRP -> {
            int group = who == 0 ? task.process.group : who;
            yield kernel.tasks().stream().filter(t -> t.process.group == group).toList();
          }
          case PRIO_USER -> {
            int user = who == 0 ? task.identity.user().real() : who;
            yield kernel.tasks().stream().filter(t -> t.identity.user().real() == user).toList();
          }
          default -> throw new SysError(Errno.EINVAL);
        };
    if (all.isEmpty()) {
      throw new SysError(Errno.ESRCH);
    }
    return all;
  }

  private long set(Task task, long[] a) {
    int nice = (int) Math.clamp(a[2], -20L, 19L);
    SysError failure = null;
    for (Task each : meant(task, (int) a[0], (int) a[1])) {
      boolean may = task.identity.can(Capabilities.SYS_NICE);
      if (!may && !Rights.actsFor(task, each.identity)) {
        failure = new SysError(Errno.EPERM);
      } else if (!may && nice < each.scheduling.niceness()) {
        failure = new SysError(Errno.EACCES);
      } else {
        each.scheduling = each.scheduling.nice(nice);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return 0;
  }

  /** The highest priority, as 20 less the niceness, so that it is no error. */
  private long get(Task task, long[] a) {
    return meant(task, (int) a[0], (int) a[1]).stream()
        .mapToInt(t -> 20 - t.scheduling.niceness())
        .max()
        .orElseThrow();
  }

  private long setIo(Task task, long[] a) {
    int priority = (int) a[2];
    int kind = priority >>> CLASS_SHIFT & 7;
    int level = priority & LEVELS - 1;
    if (priority >>> CLASS_SHIFT > CLASS_IDLE || kind == CLASS_NONE && level != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (kind == CLASS_REAL_TIME) {
      Rights.require(task, Capabilities.SYS_NICE);
    }
    for (Task each : meant(task, (int) a[0] - 1, (int) a[1])) {
      if (!task.identity.can(Capabilities.SYS_NICE) && !Rights.actsFor(task, each.identity)) {
        throw new SysError(Errno.EPERM);
      }
      each.scheduling = each.scheduling.withIo(priority);
    }
    return 0;
  }

  private long getIo(Task task, long[] a) {
    return meant(task, (int) a[0] - 1, (int) a[1]).getFirst().scheduling.io();
  }
}
