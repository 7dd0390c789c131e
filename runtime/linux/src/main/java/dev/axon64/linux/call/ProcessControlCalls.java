package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The calls that control what a process or thread is like: prctl(2) and personality(2). */
final class ProcessControlCalls implements CallGroup {
  private static final int PR_SET_PDEATHSIG = 1;
  private static final int PR_GET_PDEATHSIG = 2;
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_GET_KEEPCAPS = 7;
  private static final int PR_SET_KEEPCAPS = 8;
  private static final int PR_GET_TIMING = 13;
  private static final int PR_SET_TIMING = 14;
  private static final int PR_SET_NAME = 15;
  private static final int PR_GET_NAME = 16;
  private static final int PR_GET_SECCOMP = 21;
  private static final int PR_CAPBSET_READ = 23;
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_GET_SECUREBITS = 27;
  private static final int PR_SET_SECUREBITS = 28;
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int PR_GET_TIMERSLACK = 30;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int PR_GET_CHILD_SUBREAPER = 37;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_GET_NO_NEW_PRIVS = 39;
  private static final int PR_GET_TID_ADDRESS = 40;
  private static final int PR_SET_THP_DISABLE = 41;
  private static final int PR_GET_THP_DISABLE = 42;
  private static final int PR_CAP_AMBIENT = 47;
  private static final int PR_SET_TAGGED_ADDR_CTRL = 55;
  private static final int PR_GET_TAGGED_ADDR_CTRL = 56;

  private static final int AMBIENT_IS_SET = 1;
  private static final int AMBIENT_RAISE = 2;
  private static final int AMBIENT_LOWER = 3;
  private static final int AMBIENT_CLEAR_ALL = 4;

  private static final long ASK = 0xffffffffL;
  private static final int PERSONALITY = 0xff;
  private static final int LINUX_32 = 8;
  private static final long SLACK = 50_000;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.PRCTL, this::control);
    table.bind(SystemCall.PERSONALITY, this::personality);
  }

  /** Keeps the persona and tells the old one; none has an effect. */
  private long personality(Task task, long[] a) {
    int old = task.persona;
    long next = a[0] & ASK;
    if (next != ASK) {
      if ((next & PERSONALITY) == LINUX_32) {
        throw new SysError(Errno.EINVAL); // programs of 32 bits cannot run
      }
      task.persona = (int) next;
    }
    return old & ASK;
  }

  private long control(Task task, long[] a) {
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
      case PR_GET_TID_ADDRESS -> {
        task.cpu.memory.store64(a[1], task.clearChildId);
        yield 0;
      }
      default -> ofRights(task, a);
    };
  }

  private static long ofRights(Task task, long[] a) {
    switch ((int) a[0]) {
      case PR_GET_KEEPCAPS -> {
        return task.identity.keepsCapabilities() ? 1 : 0;
      }
      case PR_SET_KEEPCAPS -> task.become(task.identity.keeping(truth(a[1])));
      case PR_SET_NO_NEW_PRIVS -> {
        checkZero(a, 2);
        if (a[1] != 1) {
          throw new SysError(Errno.EINVAL);
        }
        task.become(task.identity.withoutNewPrivileges());
      }
      case PR_GET_NO_NEW_PRIVS -> {
        checkZero(a, 1);
        return task.identity.noNewPrivileges() ? 1 : 0;
      }
      case PR_CAPBSET_READ -> {
        return task.identity.capabilities().bounding() >>> capability(a[1]) & 1;
      }
      case PR_CAPBSET_DROP -> {
        Rights.require(task, Capabilities.SETPCAP);
        Capabilities sets = task.identity.capabilities();
        task.become(task.identity.withCapabilities(sets.withoutBound(capability(a[1]))));
      }
      case PR_CAP_AMBIENT -> {
        return ambient(task, a);
      }
      case PR_SET_SECUREBITS -> {
        Rights.require(task, Capabilities.SETPCAP);
        if (a[1] != 0) {
          throw new SysError(Errno.EPERM); // the superuser is always one here
        }
      }
      default -> {
        return ofLittleUse(task, a);
      }
    }
    return 0;
  }

  /** What can be asked and set, and changes nothing that a program sees. */
  private static long ofLittleUse(Task task, long[] a) {
    switch ((int) a[0]) {
      case PR_GET_SECUREBITS, PR_GET_SECCOMP, PR_GET_TIMING -> {}
      case PR_SET_TIMING -> {
        if (a[1] != 0) {
          throw new SysError(Errno.EINVAL);
        }
      }
      case PR_SET_TIMERSLACK -> task.timerSlack = a[1] <= 0 ? SLACK : a[1];
      case PR_GET_TIMERSLACK -> {
        return task.timerSlack;
      }
      case PR_SET_THP_DISABLE -> {
        checkZero(a, 2);
        task.process.memory.hugePagesDisabled = a[1] != 0;
      }
      case PR_GET_THP_DISABLE -> {
        checkZero(a, 1);
        return task.process.memory.hugePagesDisabled ? 1 : 0;
      }
      case PR_SET_TAGGED_ADDR_CTRL -> {
        checkZero(a, 2);
        task.tagsPointers = truth(a[1]);
      }
      case PR_GET_TAGGED_ADDR_CTRL -> {
        checkZero(a, 1);
        return task.tagsPointers ? 1 : 0;
      }
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private static long ambient(Task task, long[] a) {
    Capabilities sets = task.identity.capabilities();
    if (a[1] == AMBIENT_CLEAR_ALL) {
      checkZero(a, 2);
      task.become(task.identity.withCapabilities(sets.withAmbient(0)));
      return 0;
    }
    checkZero(a, 3);
    long bit = Capabilities.bit(capability(a[2]));
    switch ((int) a[1]) {
      case AMBIENT_IS_SET -> {
        return (sets.ambient() & bit) != 0 ? 1 : 0;
      }
      case AMBIENT_RAISE -> {
        if ((sets.permitted() & sets.inheritable() & bit) == 0) {
          throw new SysError(Errno.EPERM);
        }
        task.become(task.identity.withCapabilities(sets.withAmbient(sets.ambient() | bit)));
      }
      case AMBIENT_LOWER ->
          task.become(task.identity.withCapabilities(sets.withAmbient(sets.ambient() & ~bit)));
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private static int capability(long number) {
    if (number < 0 || number > Capabilities.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    return (int) number;
  }

  /** Fails with EINVAL if arguments are used that an option does not have. */
  private static void checkZero(long[] a, int from) {
    for (int i = from; i < a.length; i++) {
      if (a[i] != 0) {
        throw new SysError(Errno.EINVAL);
      }
    }
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
    task.rename(GuestText.of(Arrays.copyOf(name, length)));
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
