package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;

/** Calls about the capabilities of threads (capabilities(7)). */
final class CapabilityCalls implements CallGroup {
  private static final int VERSION_1 = 0x19980330;
  private static final int VERSION_2 = 0x20071026;
  private static final int VERSION_3 = 0x20080522;
  private static final int WORDS = 12;

  private final Kernel kernel;

  CapabilityCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.CAPGET, this::get);
    table.bind(SystemCall.CAPSET, this::set);
  }

  /** How many groups of 32 capabilities the header's version has; 0 if it is not known. */
  private static int groups(Task task, long header) {
    int version = (int) task.cpu.memory.load32(header);
    return switch (version) {
      case VERSION_1 -> 1;
      case VERSION_2, VERSION_3 -> 2;
      default -> {
        task.cpu.memory.store32(header, VERSION_3);
        yield 0;
      }
    };
  }

  private long get(Task task, long[] a) {
    int groups = groups(task, a[0]);
    if (groups == 0) {
      if (a[1] == 0) {
        return 0; // somebody asks for the version
      }
      throw new SysError(Errno.EINVAL);
    }
    int id = (int) task.cpu.memory.load32(a[0] + 4);
    if (id < 0) {
      throw new SysError(Errno.EINVAL);
    }
    Task target = id == 0 ? task : kernel.task(id);
    if (target == null) {
      throw new SysError(Errno.ESRCH);
    }
    if (a[1] == 0) {
      return 0;
    }
    Capabilities sets = target.identity.capabilities();
    ByteBuffer b = Guest.struct(groups * WORDS);
    for (int i = 0; i < groups; i++) {
      b.putInt(i * WORDS, (int) (sets.effective() >>> 32 * i));
      b.putInt(i * WORDS + 4, (int) (sets.permitted() >>> 32 * i));
      b.putInt(i * WORDS + 8, (int) (sets.inheritable() >>> 32 * i));
    }
    Guest.write(task, a[1], b);
    return 0;
  }

  private long set(Task task, long[] a) {
    int groups = groups(task, a[0]);
    if (groups == 0) {
      throw new SysError(Errno.EINVAL);
    }
    int id = (int) task.cpu.memory.load32(a[0] + 4);
    if (id != 0 && id != task.id) {
      throw new SysError(Errno.EPERM);
    }
    ByteBuffer b = Guest.struct(task, a[1], groups * WORDS);
    long all = (1L << Capabilities.LAST + 1) - 1;
    long effective = word(b, groups, 0) & all;
    long permitted = word(b, groups, 4) & all;
    long inheritable = word(b, groups, 8) & all;
    Capabilities old = task.identity.capabilities();
    boolean may = task.identity.can(Capabilities.SETPCAP);
    long mayInherit = may ? old.inheritable() | all : old.inheritable() | old.permitted();
    if ((inheritable & ~mayInherit) != 0
        || (inheritable & ~(old.inheritable() | old.bounding())) != 0
        || (permitted & ~old.permitted()) != 0
        || (effective & ~permitted) != 0) {
      throw new SysError(Errno.EPERM);
    }
    Identity next = task.identity.withCapabilities(old.with(inheritable, permitted, effective));
    task.become(next);
    return 0;
  }

  private static long word(ByteBuffer b, int groups, int at) {
    long low = b.getInt(at) & 0xffffffffL;
    return groups == 1 ? low : low | (long) b.getInt(WORDS + at) << 32;
  }
}
