package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Calls about the system as a whole, and those that it refuses. */
final class SystemCalls implements CallGroup {
  private static final int UTSNAME_FIELD = 65;
  private static final int SYSINFO_SIZE = 112;

  private static final int GRND_NONBLOCK = 1;
  private static final int GRND_RANDOM = 2;
  private static final int GRND_INSECURE = 4;
  private static final long MOST_RANDOM = 1 << 20;

  private static final int PR_SET_PDEATHSIG = 1;
  private static final int PR_GET_PDEATHSIG = 2;
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_KEEPCAPS = 8;
  private static final int PR_SET_NAME = 15;
  private static final int PR_GET_NAME = 16;
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int PR_GET_CHILD_SUBREAPER = 37;
  private static final int PR_SET_NO_NEW_PRIVS = 38;

  private final Kernel kernel;

  SystemCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.UNAME, this::uname);
    table.bind(SystemCall.SYSINFO, this::sysinfo);
    table.bind(SystemCall.GETRANDOM, this::random);
    table.bind(SystemCall.PRCTL, this::prctl);
    table.bind(SystemCall.PERSONALITY, Replies.SUCCESS);
    table.bind(SystemCall.SETHOSTNAME, Replies.error(Errno.EPERM));
    table.bind(SystemCall.MOUNT, Replies.error(Errno.EPERM));
    table.bind(SystemCall.UMOUNT2, Replies.error(Errno.EPERM));
    table.bind(SystemCall.REBOOT, Replies.error(Errno.EPERM));
    table.bind(SystemCall.SYSLOG, Replies.error(Errno.EPERM));
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
    if ((a[2] & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] bytes = new byte[(int) Math.clamp(a[1], 0L, MOST_RANDOM)];
    kernel.random.accept(bytes);
    task.cpu.memory.write(a[0], bytes);
    return bytes.length;
  }

  private long prctl(Task task, long[] a) {
    return switch ((int) a[0]) {
      case PR_SET_NAME -> setName(task, a[1]);
      case PR_GET_NAME -> getName(task, a[1]);
      case PR_GET_DUMPABLE -> task.process.dumpable ? 1 : 0;
      case PR_SET_DUMPABLE -> {
        task.process.dumpable = truth(a[1]);
        yield 0;
      }
      case PR_SET_PDEATHSIG -> {
        if (a[1] < 0 || a[1] > Signals.LAST) {
          throw new SysError(Errno.EINVAL);
        }
        task.process.deathSignal = (int) a[1];
        yield 0;
      }
      case PR_GET_PDEATHSIG -> put(task, a[1], task.process.deathSignal);
      case PR_SET_CHILD_SUBREAPER -> {
        task.process.reapsOrphans = a[1] != 0;
        yield 0;
      }
      case PR_GET_CHILD_SUBREAPER -> put(task, a[1], task.process.reapsOrphans ? 1 : 0);
      case PR_SET_KEEPCAPS, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS -> 0; // nothing to gain or lose
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private static boolean truth(long value) {
    if (value != 0 && value != 1) {
      throw new SysError(Errno.EINVAL);
    }
    return value == 1;
  }

  private static long put(Task task, long address, int value) {
    task.cpu.memory.store32(address, value);
    return 0;
  }

  private static long setName(Task task, long address) {
    byte[] name = new byte[Task.LONGEST_NAME];
    int length = 0;
    while (length < name.length) {
      byte next = (byte) task.cpu.memory.load8(address + length);
      if (next == 0) {
        break;
      }
      name[length++] = next;
    }
    task.name = GuestText.of(Arrays.copyOf(name, length));
    if (task.id == task.process.id) {
      task.process.name = task.name;
    }
    return 0;
  }

  private static long getName(Task task, long address) {
    ByteBuffer b = Guest.struct(Task.LONGEST_NAME + 1);
    byte[] name = GuestText.bytes(task.name);
    b.put(0, name, 0, Math.min(Task.LONGEST_NAME, name.length));
    Guest.write(task, address, b);
    return 0;
  }
}
