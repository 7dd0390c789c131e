package dev.axon64.linux.call;

import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Calls that read and write open files. */
final class TransferCalls implements CallGroup {
  private final Transfers transfers;
  private final SocketTransfers sockets;

  TransferCalls(Kernel kernel) {
    this.sockets = new SocketTransfers(kernel);
    this.transfers = new Transfers(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.READ, this::read);
    table.bind(SystemCall.WRITE, this::write);
    table.bind(
        SystemCall.PREAD64,
        (t, a) -> transfers.readAt(t, Transfers.readable(t, a[0]), a[1], a[2], a[3]));
    table.bind(
        SystemCall.PWRITE64,
        (t, a) -> transfers.writeAt(t, Transfers.writable(t, a[0]), a[1], a[2], a[3]));
    table.bind(SystemCall.LSEEK, (t, a) -> Guest.usable(t, a[0]).seek(a[1], (int) a[2]));
  }

  private long read(Task task, long[] a) {
    OpenFile file = Transfers.readable(task, a[0]);
    if (file instanceof Socket socket) {
      return sockets.read(task, socket, Pieces.one(task, a[1], a[2]));
    }
    return transfers.read(task, file, a[1], a[2]);
  }

  private long write(Task task, long[] a) {
    OpenFile file = Transfers.writable(task, a[0]);
    if (file instanceof Socket socket) {
      return sockets.write(task, socket, Pieces.one(task, a[1], a[2]));
    }
    return transfers.write(task, file, a[1], a[2]);
  }
}
