package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.identity.Ids;
import dev.axon64.linux.process.Task;
import java.util.ArrayList;
import java.util.List;

/** Calls about the users and groups that a thread acts for (credentials(7)). */
final class UserCalls implements CallGroup {
  private static final int MOST_GROUPS = 65_536;
  private static final int KEEP = -1;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETUID, (t, a) -> unsigned(t.identity.user().real()));
    table.bind(SystemCall.GETEUID, (t, a) -> unsigned(t.identity.user().effective()));
    table.bind(SystemCall.GETGID, (t, a) -> unsigned(t.identity.group().real()));
    table.bind(SystemCall.GETEGID, (t, a) -> unsigned(t.identity.group().effective()));
    table.bind(SystemCall.GETRESUID, (t, a) -> putThree(t, a, t.identity.user()));
    table.bind(SystemCall.GETRESGID, (t, a) -> putThree(t, a, t.identity.group()));
    table.bind(SystemCall.SETUID, (t, a) -> setUser(t, set(user(t), mayUsers(t), (int) a[0])));
    table.bind(SystemCall.SETGID, (t, a) -> setGroup(t, set(group(t), mayGroups(t), (int) a[0])));
    table.bind(SystemCall.SETREUID, (t, a) -> setUser(t, setTwo(user(t), mayUsers(t), a)));
    table.bind(SystemCall.SETREGID, (t, a) -> setGroup(t, setTwo(group(t), mayGroups(t), a)));
    table.bind(SystemCall.SETRESUID, (t, a) -> setUser(t, setThree(user(t), mayUsers(t), a)));
    table.bind(SystemCall.SETRESGID, (t, a) -> setGroup(t, setThree(group(t), mayGroups(t), a)));
    table.bind(SystemCall.SETFSUID, this::setFileUser);
    table.bind(SystemCall.SETFSGID, this::setFileGroup);
    table.bind(SystemCall.GETGROUPS, this::getGroups);
    table.bind(SystemCall.SETGROUPS, this::setGroups);
  }

  private static long unsigned(int id) {
    return id & 0xffffffffL;
  }

  private static Ids user(Task task) {
    return task.identity.user();
  }

  private static Ids group(Task task) {
    return task.identity.group();
  }

  private static boolean mayUsers(Task task) {
    return task.identity.can(Capabilities.SETUID);
  }

  private static boolean mayGroups(Task task) {
    return task.identity.can(Capabilities.SETGID);
  }

  private static long setUser(Task task, Ids next) {
    task.become(task.identity.withUser(next));
    return 0;
  }

  private static long setGroup(Task task, Ids next) {
    task.become(task.identity.withGroup(next));
    return 0;
  }

  private static long putThree(Task task, long[] a, Ids ids) {
    task.cpu.memory.store32(a[0], ids.real());
    task.cpu.memory.store32(a[1], ids.effective());
    task.cpu.memory.store32(a[2], ids.saved());
    return 0;
  }

  private static void require(boolean may) {
    if (!may) {
      throw new SysError(Errno.EPERM);
    }
  }

  private static int chosen(int wanted, int old) {
    return wanted == KEEP ? old : wanted;
  }

  /** setuid and setgid: all ids for those who may, the effective one for others. */
  private static Ids set(Ids old, boolean may, int id) {
    if (id == KEEP) {
      throw new SysError(Errno.EINVAL);
    }
    if (may) {
      return Ids.of(id);
    }
    require(id == old.real() || id == old.saved());
    return new Ids(old.real(), id, old.saved(), id);
  }

  /** setreuid and setregid. */
  private static Ids setTwo(Ids old, boolean may, long[] a) {
    int real = (int) a[0];
    int effective = (int) a[1];
    require(may || real == KEEP || real == old.real() || real == old.effective());
    require(may || effective == KEEP || old.has(effective));
    int next = chosen(effective, old.effective());
    boolean saves = real != KEEP || effective != KEEP && effective != old.real();
    return new Ids(chosen(real, old.real()), next, saves ? next : old.saved(), next);
  }

  /** setresuid and setresgid. */
  private static Ids setThree(Ids old, boolean may, long[] a) {
    for (long wanted : a) {
      require(may || (int) wanted == KEEP || old.has((int) wanted));
    }
    int effective = chosen((int) a[1], old.effective());
    return new Ids(
        chosen((int) a[0], old.real()), effective, chosen((int) a[2], old.saved()), effective);
  }

  /** Tells the old id for files, whether or not it changes. */
  private long setFileUser(Task task, long[] a) {
    Ids old = user(task);
    int id = (int) a[0];
    if (id != KEEP && (mayUsers(task) || old.has(id) || id == old.file())) {
      task.become(task.identity.withFileUser(id));
    }
    return unsigned(old.file());
  }

  private long setFileGroup(Task task, long[] a) {
    Ids old = group(task);
    int id = (int) a[0];
    if (id != KEEP && (mayGroups(task) || old.has(id) || id == old.file())) {
      task.become(task.identity.withGroup(old.withFile(id)));
    }
    return unsigned(old.file());
  }

  private long getGroups(Task task, long[] a) {
    List<Integer> groups = task.identity.groups();
    int room = (int) a[0];
    if (room < 0 || room > 0 && room < groups.size()) {
      throw new SysError(Errno.EINVAL);
    }
    for (int i = 0; room > 0 && i < groups.size(); i++) {
      task.cpu.memory.store32(a[1] + (long) Integer.BYTES * i, groups.get(i));
    }
    return groups.size();
  }

  private long setGroups(Task task, long[] a) {
    require(mayGroups(task));
    int count = (int) a[0];
    if (count < 0 || count > MOST_GROUPS) {
      throw new SysError(Errno.EINVAL);
    }
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int group = (int) task.cpu.memory.load32(a[1] + (long) Integer.BYTES * i);
      if (group == KEEP) {
        throw new SysError(Errno.EINVAL);
      }
      groups.add(group);
    }
    Identity next = task.identity.withGroups(groups);
    task.become(next);
    return 0;
  }
}
