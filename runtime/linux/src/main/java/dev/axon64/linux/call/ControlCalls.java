package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.display.FrameBuffer;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.TcpSocket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** The call that controls what is open, above all terminals (ioctl(2)). */
final class ControlCalls implements CallGroup {
  private static final int SIOCOUTQ = 0x5411;
  private static final int SIOCATMARK = 0x8905;
  private static final int FIONREAD = 0x541b;
  private static final int FIONBIO = 0x5421;
  private static final int FIOASYNC = 0x5452;
  private static final int FIONCLEX = 0x5450;
  private static final int FIOCLEX = 0x5451;

  private final Kernel kernel;
  private final TerminalCalls terminals;
  private final OwnerControls owners;

  ControlCalls(Kernel kernel) {
    this.kernel = kernel;
    this.terminals = new TerminalCalls(kernel);
    this.owners = new OwnerControls(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.IOCTL, this::ioctl);
  }

  private long ioctl(Task task, long[] a) {
    OpenFile file = Guest.usable(task, a[0]);
    int request = (int) a[1];
    if (request == SIOCATMARK && file instanceof TcpSocket socket) {
      task.cpu.memory.store32(a[2], socket.isAtMark() ? 1 : 0);
      return 0;
    }
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
      case FIOASYNC -> {
        if (!OwnerControls.canAlert(file)) {
          throw new SysError(Errno.ENOTTY);
        }
        boolean alerts = task.cpu.memory.load32(a[2]) != 0;
        file.setFlags(file.flags() & ~Flags.O_ASYNC | (alerts ? Flags.O_ASYNC : 0));
        owners.alert(file, (int) a[0], alerts);
      }
      case FIONREAD -> {
        if (file.available() < 0) {
          throw new SysError(Errno.ENOTTY);
        }
        task.cpu.memory.store32(a[2], Math.min(file.available(), Integer.MAX_VALUE));
      }
      default -> {
        if (request == SIOCOUTQ && file instanceof Socket socket) {
          task.cpu.memory.store32(a[2], Math.min(socket.unsent(), Integer.MAX_VALUE));
          return 0;
        }
        if (file instanceof FrameBuffer.OpenFrame open) {
          FrameControls.control(task, open.frame(), request, a[2]);
          return 0;
        }
        if (TerminalCalls.asksForPeer(request)) {
          return TerminalCalls.peer(task, file, (int) a[2]);
        }
        terminals.control(task, file, request, a[2]);
      }
    }
    return 0;
  }
}
