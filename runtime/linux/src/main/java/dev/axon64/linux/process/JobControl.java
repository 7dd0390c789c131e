package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.terminal.Jobs;
import dev.axon64.linux.terminal.Terminal;
import java.util.List;
import java.util.stream.Stream;

/** Sessions, groups of processes and the terminals that control them (credentials(7)). */
public final class JobControl implements Jobs {
  private static final int ALTERNATE = 5;

  private final Kernel kernel;

  JobControl(Kernel kernel) {
    this.kernel = kernel;
  }

  private Stream<Process> group(int group) {
    return List.copyOf(kernel.processes.values()).stream()
        .filter(process -> process.group == group && !process.isZombie());
  }

  private Stream<Process> session(int session) {
    return List.copyOf(kernel.processes.values()).stream()
        .filter(process -> process.session == session && !process.isZombie());
  }

  @Override
  public void signal(int group, int signal) {
    SigInfo info = SigInfo.from(signal, Signals.SI_KERNEL, 0, 0);
    group(group).forEach(process -> kernel.signals.send(process, info));
  }

  @Override
  public void signalLeader(int session, int signal) {
    Process leader = kernel.processes.get(session);
    if (leader != null && !leader.isZombie()) {
      kernel.signals.send(leader, SigInfo.from(signal, Signals.SI_KERNEL, 0, 0));
    }
  }

  @Override
  public Verdict use(Terminal terminal, int signal) {
    Task task = kernel.caller;
    Process process = task.process;
    if (process.terminal != terminal
        || terminal.foreground == 0
        || process.group == terminal.foreground) {
      return Verdict.ALLOWED;
    }
    boolean ignored =
        (task.blocked & Signals.bit(signal)) != 0
            || process.actions.get(signal).handler() == SignalActions.SIG_IGN;
    if (ignored) {
      return signal == Signals.SIGTTIN ? Verdict.REFUSED : Verdict.ALLOWED;
    }
    if (isOrphaned(process.group)) {
      return Verdict.REFUSED;
    }
    signal(process.group, signal);
    return Verdict.SIGNALLED;
  }

  /** Whether no process of a group has a parent in the same session but another group. */
  boolean isOrphaned(int group) {
    return group(group)
        .noneMatch(
            process -> {
              Process parent = process.parent;
              return parent != null
                  && !parent.isZombie()
                  && parent.session == process.session
                  && parent.group != group;
            });
  }

  /** The user and the group whose call is being made. */
  public int[] caller() {
    Identity who = kernel.caller.identity;
    return new int[] {who.user().file(), who.group().file()};
  }

  /** The device that stands for the terminal of whoever opens it (tty(4)). */
  public DeviceNode ownTerminal() {
    return new DeviceNode(
        Stat.device(ALTERNATE, 0),
        (node, flags) -> {
          Terminal terminal = kernel.caller.process.terminal;
          if (terminal == null) {
            throw new SysError(Errno.ENXIO);
          }
          return terminal.open(flags | Flags.O_NOCTTY, node, "/dev/tty");
        });
  }

  @Override
  public boolean isSuperuser() {
    return kernel.caller.identity.can(Capabilities.SYS_ADMIN);
  }

  @Override
  public void opened(Terminal terminal) {
    Process process = kernel.caller.process;
    if (process.session == process.id && process.terminal == null && terminal.session == 0) {
      give(terminal, process);
    }
  }

  /** Makes a terminal the one that controls a process's session, which has the foreground. */
  public void give(Terminal terminal, Process process) {
    terminal.session = process.session;
    terminal.foreground = process.group;
    process.terminal = terminal;
  }

  @Override
  public void taken(Terminal terminal) {
    session(terminal.session)
        .filter(process -> process.terminal == terminal)
        .forEach(process -> process.terminal = null);
  }

  /** Takes the terminal away from a process, and from its session if it leads that. */
  public void leave(Process process) {
    Terminal terminal = process.terminal;
    if (terminal != null && process.session == process.id) {
      terminal.signal(Signals.SIGHUP);
      taken(terminal);
      if (!process.isZombie()) {
        terminal.signal(Signals.SIGCONT);
      }
      terminal.session = 0;
      terminal.foreground = 0;
    }
    process.terminal = null;
  }

  /**
   * A process has ended: its session loses the terminal if it led that, and stopped groups that
   * nobody could continue any more are told so.
   *
   * @param children it had
   */
  void ended(Process process, List<Process> children) {
    leave(process);
    children.stream()
        .filter(child -> child.session == process.session && child.group != process.group)
        .mapToInt(child -> child.group)
        .distinct()
        .forEach(this::wakeIfOrphaned);
    Process parent = process.parent;
    boolean linked =
        parent != null && parent.session == process.session && parent.group != process.group;
    if (linked) {
      wakeIfOrphaned(process.group);
    }
  }

  private void wakeIfOrphaned(int group) {
    if (isOrphaned(group) && group(group).anyMatch(process -> process.stopped)) {
      signal(group, Signals.SIGHUP);
      signal(group, Signals.SIGCONT);
    }
  }
}
