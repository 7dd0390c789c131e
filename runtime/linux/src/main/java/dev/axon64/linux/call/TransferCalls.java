package dev.axon64.linux.call;

import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;

/** Calls that read and write open files. */
final class TransferCalls implements CallGroup {
  private final Transfers transfers;

  TransferCalls(Kernel kernel) {
    this.transfers = new Transfers(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(
        SystemCall.READ, (t, a) -> transfers.read(t, Transfers.readable(t, a[0]), a[1], a[2]));
    table.bind(
        SystemCall.WRITE, (t, a) -> transfers.write(t, Transfers.writable(t, a[0]), a[1], a[2]));
    table.bind(
        SystemCall.PREAD64,
        (t, a) -> transfers.readAt(t, Transfers.readable(t, a[0]), a[1], a[2], a[3]));
    table.bind(
        SystemCall.PWRITE64,
        (t, a) -> transfers.writeAt(t, Transfers.writable(t, a[0]), a[1], a[2], a[3]));
    table.bind(SystemCall.LSEEK, (t, a) -> Guest.file(t, a[0]).seek(a[1], (int) a[2]));
  }
}
