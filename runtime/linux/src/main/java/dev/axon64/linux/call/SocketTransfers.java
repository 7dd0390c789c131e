package dev.axon64.linux.call;

import dev.axon64.linux.net.Attachment;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Reads and writes sockets as if they were files. */
final class SocketTransfers {
  private final Sending sending;
  private final Receiving receiving;

  SocketTransfers(Kernel kernel) {
    this.sending = new Sending(kernel);
    this.receiving = new Receiving(kernel);
  }

  long read(Task task, Socket socket, Pieces room) {
    if (room.length() == 0) {
      return 0;
    }
    Receiving.Result result = receiving.receive(task, socket, room, 0);
    result.attachment().release();
    return result.count();
  }

  long write(Task task, Socket socket, Pieces data) {
    return sending.send(task, socket, data, null, Attachment.NONE, 0);
  }
}
