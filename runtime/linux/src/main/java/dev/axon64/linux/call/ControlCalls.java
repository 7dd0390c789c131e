package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;

/** The call that controls what is open, above all terminals (ioctl(2)). */
final class ControlCalls implements CallGroup {
  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TCSETSF = 0x5404;
  private static final int TIOCGPGRP = 0x540f;
  private static final int TIOCSPGRP = 0x5410;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int TIOCOUTQ = 0x5411;
  private static final int FIONREAD = 0x541b;
  private static final int FIONBIO = 0x5421;
  private static final int FIONCLEX = 0x5450;
  private static final int FIOCLEX = 0x5451;
  private static final int TERMIOS_SIZE = 36;

  // Modes of a terminal: input, output, control, local.
  private static final int ICRNL = 0x100;
  private static final int IXON = 0x400;
  private static final int OPOST = 1;
  private static final int ONLCR = 4;
  private static final int B38400 = 0xf;
  private static final int CS8 = 0x30;
  private static final int CREAD = 0x80;
  private static final int ISIG = 1;
  private static final int ICANON = 2;
  private static final int ECHO = 8;
  private static final int ECHOE = 0x10;
  private static final int ECHOK = 0x20;
  private static final int ECHOCTL = 0x200;
  private static final int ECHOKE = 0x800;
  private static final int IEXTEN = 0x8000;

  private static final short ROWS = 24;
  private static final short COLUMNS = 80;

  private final Kernel kernel;

  ControlCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.IOCTL, this::ioctl);
  }

  private long ioctl(Task task, long[] a) {
    OpenFile file = Guest.usable(task, a[0]);
    int request = (int) a[1];
    if (file instanceof Socket && InterfaceControls.handles(request)) {
      InterfaceControls.answer(task, kernel.network.host() != null, request, a[2]);
      return 0;
    }
    switch (request) {
      case FIOCLEX, FIONCLEX -> task.process.files.setCloseOnExec((int) a[0], request == FIOCLEX);
      case FIONBIO -> {
        int nonBlocking = task.cpu.memory.load32(a[2]) != 0 ? Flags.O_NONBLOCK : 0;
        file.setFlags(file.flags() & ~Flags.O_NONBLOCK | nonBlocking);
      }
      case TIOCOUTQ -> {
        if (!(file instanceof Socket socket)) {
          throw new SysError(Errno.ENOTTY);
        }
        task.cpu.memory.store32(a[2], Math.min(socket.unsent(), Integer.MAX_VALUE));
      }
      case FIONREAD -> {
        if (file.available() < 0) {
          throw new SysError(Errno.ENOTTY);
        }
        task.cpu.memory.store32(a[2], Math.min(file.available(), Integer.MAX_VALUE));
      }
      default -> terminal(task, file, request, a[2]);
    }
    return 0;
  }

  private static void terminal(Task task, OpenFile file, int request, long address) {
    if (!file.isTerminal()) {
      throw new SysError(Errno.ENOTTY);
    }
    switch (request) {
      case TCGETS -> Guest.write(task, address, termios());
      case TIOCGWINSZ -> {
        ByteBuffer size = Guest.struct(8);
        size.putShort(0, ROWS).putShort(2, COLUMNS);
        Guest.write(task, address, size);
      }
      case TIOCGPGRP -> task.cpu.memory.store32(address, task.process.group);
      case TIOCSPGRP -> Guest.checkReadable(task, address, Integer.BYTES);
      default -> {
        if (request < TCSETS || request > TCSETSF) {
          throw new SysError(Errno.ENOTTY);
        }
        Guest.checkReadable(task, address, TERMIOS_SIZE); // the host's terminal stays as it is
      }
    }
  }

  /** The settings of a terminal in its usual mode, 38400 baud (struct termios). */
  private static ByteBuffer termios() {
    ByteBuffer b = Guest.struct(TERMIOS_SIZE);
    b.putInt(0, ICRNL | IXON).putInt(4, OPOST | ONLCR).putInt(8, B38400 | CS8 | CREAD);
    b.putInt(12, ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN);
    byte[] control = {3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16};
    b.put(17, control);
    return b;
  }
}
