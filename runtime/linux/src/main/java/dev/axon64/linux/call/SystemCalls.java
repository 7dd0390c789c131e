package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Calls about the system as a whole, and those that it refuses. */
final class SystemCalls implements CallGroup {
  private static final int UTSNAME_FIELD = 65;
  private static final int SYSINFO_SIZE = 112;

  private static final int GRND_NONBLOCK = 1;
  private static final int GRND_RANDOM = 2;
  private static final int GRND_INSECURE = 4;
  private static final long MOST_RANDOM = 1 << 20;

  /** Those that need capabilities that no guest has. */
  private static final List<SystemCall> PRIVILEGED =
      List.of(
          SystemCall.SETHOSTNAME,
          SystemCall.SETDOMAINNAME,
          SystemCall.MOUNT,
          SystemCall.UMOUNT2,
          SystemCall.PIVOT_ROOT,
          SystemCall.REBOOT,
          SystemCall.SYSLOG,
          SystemCall.SWAPON,
          SystemCall.SWAPOFF,
          SystemCall.ACCT,
          SystemCall.VHANGUP,
          SystemCall.INIT_MODULE,
          SystemCall.FINIT_MODULE,
          SystemCall.DELETE_MODULE,
          SystemCall.KEXEC_LOAD,
          SystemCall.SETNS);

  private final Kernel kernel;

  SystemCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.UNAME, this::uname);
    table.bind(SystemCall.SYSINFO, this::sysinfo);
    table.bind(SystemCall.GETRANDOM, this::random);
    for (SystemCall call : PRIVILEGED) {
      table.bind(call, Replies.error(Errno.EPERM));
    }
  }

  private long uname(Task task, long[] a) {
    ByteBuffer b = Guest.struct(6 * UTSNAME_FIELD);
    String[] fields = {"Linux", kernel.hostName, "6.1.0", "#1 SMP Axon64", "aarch64", "(none)"};
    for (int i = 0; i < fields.length; i++) {
      b.put(i * UTSNAME_FIELD, fields[i].getBytes(StandardCharsets.US_ASCII));
    }
    Guest.write(task, a[0], b);
    return 0;
  }

  private long sysinfo(Task task, long[] a) {
    ByteBuffer b = Guest.struct(SYSINFO_SIZE);
    b.putLong(0, kernel.clock.monotonic() / 1_000_000_000);
    b.putLong(32, kernel.limits.memory());
    b.putLong(40, kernel.limits.memory() - kernel.memoryLimit.used());
    b.putShort(80, (short) kernel.processes.size());
    b.putInt(104, 1); // the unit of memory sizes is a byte
    Guest.write(task, a[0], b);
    return 0;
  }

  private long random(Task task, long[] a) {
    boolean both = (a[2] & GRND_RANDOM) != 0 && (a[2] & GRND_INSECURE) != 0;
    if ((a[2] & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) != 0 || both) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] bytes = new byte[(int) Math.clamp(a[1], 0L, MOST_RANDOM)];
    kernel.random.accept(bytes);
    task.cpu.memory.write(a[0], bytes);
    return bytes.length;
  }
}
