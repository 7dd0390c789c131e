package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;

/** Calls that move bytes between the memories of processes (process_vm_readv(2)). */
final class OtherMemoryCalls implements CallGroup {
  private static final int MOST = 1 << 20;

  private final Kernel kernel;

  OtherMemoryCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.PROCESS_VM_READV, (task, a) -> move(task, a, false));
    table.bind(SystemCall.PROCESS_VM_WRITEV, (task, a) -> move(task, a, true));
  }

  private long move(Task task, long[] a, boolean write) {
    if (a[5] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Pieces own = Pieces.of(task, a[1], a[2], Errno.EINVAL);
    Pieces others = Pieces.of(task, a[3], a[4], Errno.EINVAL);
    if (own.length() == 0 || others.length() == 0) {
      return 0;
    }
    Task target = kernel.task((int) a[0]);
    if (target == null) {
      throw new SysError(Errno.ESRCH);
    }
    if (!Rights.mayInspect(task, target.process)) {
      throw new SysError(Errno.EPERM);
    }
    Pieces there = others.in(target.cpu.memory);
    long wanted = Math.min(own.length(), there.length());
    int permission = write ? AddressSpace.WRITE : AddressSpace.READ;
    long count = Math.min(wanted, there.accessible(permission));
    if (count == 0) {
      throw new SysError(Errno.EFAULT);
    }
    for (long done = 0; done < count; ) {
      int some = (int) Math.min(MOST, count - done);
      if (write) {
        there.write(done, own.read(done, some));
      } else {
        own.write(done, there.read(done, some));
      }
      done += some;
    }
    return count;
  }
}
