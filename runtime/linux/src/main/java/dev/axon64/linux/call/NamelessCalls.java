package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.Seals;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** The call that makes files without names. */
final class NamelessCalls implements CallGroup {
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int MFD_NOEXEC_SEAL = 8;
  private static final int MFD_EXEC = 16;
  private static final int LONGEST_NAME = 249;

  private final Kernel kernel;

  NamelessCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MEMFD_CREATE, this::create);
  }

  private long create(Task task, long[] a) {
    int known = MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL | MFD_EXEC;
    boolean both = (a[1] & MFD_NOEXEC_SEAL) != 0 && (a[1] & MFD_EXEC) != 0;
    if ((a[1] & ~known) != 0 || both) {
      throw new SysError(Errno.EINVAL);
    }
    String name = GuestText.of(Guest.bytes(task, a[0], LONGEST_NAME + 1, Errno.EINVAL));
    task.process.files.checkRoom(1);
    boolean noExecution = (a[1] & MFD_NOEXEC_SEAL) != 0;
    MemoryFile file = MemoryFile.nameless(kernel.temporary, noExecution ? 0666 : 0777);
    if (noExecution) {
      file.seals().set(Seals.EXECUTE);
    } else if ((a[1] & MFD_ALLOW_SEALING) != 0) {
      file.seals().set(0);
    }
    file.own(task.identity.user().file(), task.identity.group().file(), noExecution ? 0666 : 0777);
    String path = "/memfd:" + name + " (deleted)";
    RegularFile open = new RegularFile(Flags.O_RDWR, file, path, file.open(true));
    return task.process.files.add(open, (a[1] & MFD_CLOEXEC) != 0, 0);
  }
}
