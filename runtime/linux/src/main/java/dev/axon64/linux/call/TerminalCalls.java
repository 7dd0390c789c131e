package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.terminal.Jobs;
import dev.axon64.linux.terminal.Modes;
import dev.axon64.linux.terminal.Pair;
import dev.axon64.linux.terminal.Terminal;
import dev.axon64.linux.terminal.TerminalFile;
import dev.axon64.linux.terminal.WindowSize;
import java.nio.ByteBuffer;

/** What ioctl(2) does with terminals (ioctl_tty(2)). */
final class TerminalCalls {
  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TCSETSW = 0x5403;
  private static final int TCSETSF = 0x5404;
  private static final int TCSBRK = 0x5409;
  private static final int TCXONC = 0x540a;
  private static final int TCFLSH = 0x540b;
  private static final int TIOCEXCL = 0x540c;
  private static final int TIOCNXCL = 0x540d;
  private static final int TIOCSCTTY = 0x540e;
  private static final int TIOCGPGRP = 0x540f;
  private static final int TIOCSPGRP = 0x5410;
  private static final int TIOCOUTQ = 0x5411;
  private static final int TIOCSTI = 0x5412;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int TIOCSWINSZ = 0x5414;
  private static final int TIOCPKT = 0x5420;
  private static final int TIOCNOTTY = 0x5422;
  private static final int TIOCSETD = 0x5423;
  private static final int TIOCGETD = 0x5424;
  private static final int TCSBRKP = 0x5425;
  private static final int TIOCSBRK = 0x5427;
  private static final int TIOCCBRK = 0x5428;
  private static final int TIOCGSID = 0x5429;
  private static final int TCGETS2 = 0x802c542a;
  private static final int TCSETS2 = 0x402c542b;
  private static final int TCSETSW2 = 0x402c542c;
  private static final int TCSETSF2 = 0x402c542d;
  private static final int TIOCGPTN = 0x80045430;
  private static final int TIOCSPTLCK = 0x40045431;
  private static final int TIOCSIG = 0x40045436;
  private static final int TIOCGPKT = 0x80045438;
  private static final int TIOCGPTLCK = 0x80045439;
  private static final int TIOCGEXCL = 0x80045440;
  private static final int TIOCGPTPEER = 0x5441;

  private static final int O_CLOEXEC = 02000000;

  // What TCXONC and TCFLSH are given.
  private static final int OUTPUT_OFF = 0;
  private static final int OUTPUT_ON = 1;
  private static final int INPUT_OFF = 2;
  private static final int INPUT_ON = 3;
  private static final int FLUSH_BOTH = 2;

  private final Kernel kernel;

  TerminalCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Does what is asked of an open file; fails with ENOTTY if it is no terminal. */
  void control(Task task, OpenFile file, int request, long argument) {
    switch (file) {
      case TerminalFile open -> control(task, open.terminal(), null, request, argument);
      case Pair.Master master ->
          control(task, master.pair().terminal(), master.pair(), request, argument);
      default -> throw new SysError(Errno.ENOTTY);
    }
  }

  /**
   * @param pair whose master was asked, or null if the terminal itself was
   */
  private void control(Task task, Terminal terminal, Pair pair, int request, long argument) {
    if (pair == null && terminal.isHungUp()) {
      throw new SysError(request == TIOCSPGRP ? Errno.ENOTTY : Errno.EIO);
    }
    if (pair != null && master(task, pair, request, argument)) {
      return;
    }
    if (changes(request) && pair == null) {
      checkForeground(task, terminal);
    }
    switch (request) {
      case TCGETS, TCGETS2 -> {
        ByteBuffer modes = Guest.struct(request == TCGETS ? Modes.BYTES : Modes.BYTES_2);
        terminal.modes().write(modes);
        Guest.write(task, argument, modes);
      }
      case TCSETS, TCSETSW, TCSETSF -> set(task, terminal, argument, Modes.BYTES, request);
      case TCSETS2, TCSETSW2, TCSETSF2 -> set(task, terminal, argument, Modes.BYTES_2, request);
      case TIOCGWINSZ -> {
        ByteBuffer size = Guest.struct(WindowSize.BYTES);
        terminal.size().write(size);
        Guest.write(task, argument, size);
      }
      case TIOCSWINSZ ->
          terminal.setSize(WindowSize.read(Guest.struct(task, argument, WindowSize.BYTES)));
      case TCFLSH -> flush(terminal, argument);
      case TCXONC -> flow(terminal, argument);
      case TIOCOUTQ -> task.cpu.memory.store32(argument, 0);
      case TIOCGETD -> task.cpu.memory.store32(argument, 0);
      case TIOCSETD -> check(task.cpu.memory.load32(argument) == 0, Errno.EINVAL);
      case TCSBRK, TCSBRKP, TIOCSBRK, TIOCCBRK -> {}
      case TIOCEXCL, TIOCNXCL -> terminal.exclusive = request == TIOCEXCL;
      case TIOCGEXCL -> task.cpu.memory.store32(argument, terminal.exclusive ? 1 : 0);
      case TIOCSTI -> typeInto(task, terminal, argument);
      case TIOCGPGRP -> task.cpu.memory.store32(argument, foreground(task, terminal, pair));
      case TIOCSPGRP -> setForeground(task, terminal, (int) task.cpu.memory.load32(argument));
      case TIOCGSID -> {
        foreground(task, terminal, pair);
        check(terminal.session != 0, Errno.ENOTTY);
        task.cpu.memory.store32(argument, terminal.session);
      }
      case TIOCSCTTY -> take(task, terminal, argument);
      case TIOCNOTTY -> {
        check(task.process.terminal == terminal, Errno.ENOTTY);
        kernel.jobs.leave(task.process);
      }
      default -> throw new SysError(Errno.ENOTTY);
    }
  }

  private static void check(boolean holds, int otherwise) {
    if (!holds) {
      throw new SysError(otherwise);
    }
  }

  /** What only the master of a pair is asked; false for what both are. */
  private static boolean master(Task task, Pair pair, int request, long argument) {
    switch (request) {
      case TIOCGPTN -> task.cpu.memory.store32(argument, pair.number());
      case TIOCSPTLCK -> pair.locked = task.cpu.memory.load32(argument) != 0;
      case TIOCGPTLCK -> task.cpu.memory.store32(argument, pair.locked ? 1 : 0);
      case TIOCPKT -> pair.setPackets(task.cpu.memory.load32(argument) != 0);
      case TIOCGPKT -> task.cpu.memory.store32(argument, pair.hasPackets() ? 1 : 0);
      case TIOCSIG -> {
        check(argument > 0 && argument <= Signals.LAST, Errno.EINVAL);
        pair.terminal().signal((int) argument);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Opens the terminal of a master, and returns its descriptor (TIOCGPTPEER). */
  static long peer(Task task, OpenFile file, int flags) {
    if (!(file instanceof Pair.Master master)) {
      throw new SysError(Errno.ENOTTY);
    }
    task.process.files.checkRoom(1);
    OpenFile slave = master.pair().openSlave(flags & ~O_CLOEXEC);
    return task.process.files.add(slave, (flags & O_CLOEXEC) != 0, 0);
  }

  /** Whether a request is {@link #peer}. */
  static boolean asksForPeer(int request) {
    return request == TIOCGPTPEER;
  }

  /** Whether a request changes something, which processes in the background may not. */
  private static boolean changes(int request) {
    return switch (request) {
      case TCSETS, TCSETSW, TCSETSF, TCSETS2, TCSETSW2, TCSETSF2 -> true;
      case TCFLSH, TCXONC, TCSBRK, TCSBRKP, TIOCSBRK, TIOCCBRK, TIOCSETD, TIOCSPGRP -> true;
      default -> false;
    };
  }

  private void checkForeground(Task task, Terminal terminal) {
    Jobs.Verdict verdict = kernel.jobs.use(terminal, Signals.SIGTTOU);
    check(verdict != Jobs.Verdict.REFUSED, Errno.EIO);
    if (verdict == Jobs.Verdict.SIGNALLED) {
      throw task.park(Wait.until(() -> true));
    }
  }

  private static void set(Task task, Terminal terminal, long address, int bytes, int request) {
    Modes modes = Modes.read(Guest.struct(task, address, bytes), terminal.modes());
    if (request == TCSETSF || request == TCSETSF2) {
      terminal.flushInput();
    }
    terminal.setModes(modes);
  }

  private static void flush(Terminal terminal, long which) {
    check(which >= 0 && which <= FLUSH_BOTH, Errno.EINVAL);
    if (which != 1) {
      terminal.flushInput();
    }
    if (which != 0) {
      terminal.flushOutput();
    }
  }

  private static void flow(Terminal terminal, long what) {
    switch ((int) what) {
      case OUTPUT_OFF -> terminal.setStopped(true);
      case OUTPUT_ON -> terminal.setStopped(false);
      case INPUT_OFF -> terminal.askToStop(true);
      case INPUT_ON -> terminal.askToStop(false);
      default -> throw new SysError(Errno.EINVAL);
    }
  }

  private void typeInto(Task task, Terminal terminal, long address) {
    boolean may = task.process.terminal == terminal || kernel.jobs.isSuperuser();
    check(may, Errno.EPERM);
    terminal.type(task.cpu.memory.read(address, 1), 0, 1);
  }

  private static int foreground(Task task, Terminal terminal, Pair pair) {
    check(pair != null || task.process.terminal == terminal, Errno.ENOTTY);
    return terminal.foreground;
  }

  private void setForeground(Task task, Terminal terminal, int group) {
    Process process = task.process;
    check(process.terminal == terminal, Errno.ENOTTY);
    check(terminal.session == process.session, Errno.ENOTTY);
    check(group >= 0, Errno.EINVAL);
    Process member =
        kernel.processes.values().stream()
            .filter(each -> each.group == group)
            .findFirst()
            .orElseThrow(() -> new SysError(Errno.ESRCH));
    check(member.session == process.session, Errno.EPERM);
    terminal.foreground = group;
  }

  private void take(Task task, Terminal terminal, long steal) {
    Process process = task.process;
    boolean leads = process.session == process.id;
    if (leads && terminal.session == process.session) {
      return;
    }
    check(leads && process.terminal == null, Errno.EPERM);
    if (terminal.session != 0) {
      check(steal == 1 && kernel.jobs.isSuperuser(), Errno.EPERM);
      kernel.jobs.taken(terminal);
    }
    kernel.jobs.give(terminal, process);
  }
}
