package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.FileOwner;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.OpenFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Leases of open files (fcntl(2), F_SETLEASE): who has one is told by a signal when somebody else
 * opens or cuts the file, who waits until the lease is given back or taken away.
 */
public final class Leases {
  public static final int READ = 0;
  public static final int WRITE = 1;
  public static final int NONE = 2;

  /** Seconds after which a lease is taken away that is not given back. */
  public static final int BREAK_SECONDS = 45;

  private static final long BREAK_TIME = BREAK_SECONDS * 1_000_000_000L;

  private final Kernel kernel;
  private final List<Lease> all = new ArrayList<>();

  Leases(Kernel kernel) {
    this.kernel = kernel;
  }

  private static final class Lease {
    private final OpenFile file;
    private final Notices.Id id;
    private final OwnerAlert alert;
    private final Runnable atClose;
    private int kind;

    /** What it is to become; its kind if nobody asks for more. */
    private int goal;

    /** When it becomes that by itself, in monotonic nanoseconds. */
    private long deadline;

    Lease(OpenFile file, OwnerAlert alert, Runnable atClose, int kind) {
      this.file = file;
      this.id = Notices.Id.of(file.node());
      this.alert = alert;
      this.atClose = atClose;
      this.kind = kind;
      this.goal = kind;
    }

    /** Becomes another one; what somebody waits for still holds unless this is it. */
    void change(int next) {
      boolean isAsked = goal != kind;
      kind = next;
      if (!isAsked || goal == READ && next == READ) {
        goal = next;
      }
    }

    /** Whether somebody who opens the file for this must wait for it. */
    boolean hinders(boolean write) {
      return write || kind == WRITE;
    }
  }

  private Lease of(OpenFile file) {
    return all.stream().filter(lease -> lease.file == file).findFirst().orElse(null);
  }

  /** The lease of an open file, or what it has to become. */
  public int get(OpenFile file) {
    expire();
    Lease lease = of(file);
    return lease == null ? NONE : lease.goal;
  }

  /** Gives back the lease of an open file; fails with EAGAIN if there is none. */
  public void remove(OpenFile file) {
    Lease lease = of(file);
    if (lease == null) {
      throw new SysError(Errno.EAGAIN);
    }
    file.notAtClose(lease.atClose);
    all.remove(lease);
  }

  /**
   * Gives an open file a lease, or another one; fails with EAGAIN if others use the file so.
   *
   * @param open all files that are open
   * @param descriptor that a signal other than SIGIO tells
   * @param process that is told if nobody else is to be
   */
  public void set(OpenFile file, int kind, List<OpenFile> open, int descriptor, int process) {
    expire();
    Notices.Id id = Notices.Id.of(file.node());
    for (OpenFile other : open) {
      boolean disturbs = kind == READ ? other.isWritable() : other != file;
      if (disturbs && other.node() != null && Notices.Id.of(other.node()).equals(id)) {
        throw new SysError(Errno.EAGAIN);
      }
    }
    for (Lease other : all) {
      boolean excluded = kind == WRITE || other.goal == NONE;
      if (other.file != file && other.id.equals(id) && excluded) {
        throw new SysError(Errno.EAGAIN);
      }
    }
    FileOwner owner = file.owner();
    if (owner.id == 0) {
      owner.kind = FileOwner.PROCESS;
      owner.id = process;
    }
    Lease lease = of(file);
    if (lease == null) {
      Runnable atClose = () -> all.removeIf(each -> each.file == file);
      lease = new Lease(file, new OwnerAlert(kernel, owner, descriptor), atClose, kind);
      all.add(lease);
      file.atClose(atClose);
    }
    lease.change(kind);
  }

  /**
   * Asks for a file that leases may be in the way of, and waits for those.
   *
   * @param write whether its bytes are to be changed
   * @param now whether the call must not wait
   */
  public void ask(Task task, Node node, boolean write, boolean now) {
    if (all.isEmpty()) {
      return;
    }
    expire();
    Notices.Id id = Notices.Id.of(node);
    long deadline = 0;
    for (Lease lease : all) {
      if (lease.id.equals(id) && lease.hinders(write)) {
        tell(lease, write ? NONE : READ);
        deadline = Math.max(deadline, lease.deadline);
      }
    }
    if (deadline == 0) {
      return;
    }
    if (now) {
      throw new SysError(Errno.EAGAIN);
    }
    throw task.park(
        new Wait(
            () -> all.stream().noneMatch(each -> each.id.equals(id) && each.hinders(write)),
            deadline,
            true,
            () -> {},
            null));
  }

  private void tell(Lease lease, int goal) {
    boolean told = goal == NONE ? lease.goal == NONE : lease.goal != lease.kind;
    if (!told) {
      lease.goal = goal;
      lease.deadline = kernel.clock.monotonic() + BREAK_TIME;
      lease.alert.tellMessage();
    }
  }

  /** Takes away what was not given back in time. */
  private void expire() {
    long now = kernel.clock.monotonic();
    for (Lease lease : List.copyOf(all)) {
      if (lease.goal != lease.kind && now >= lease.deadline) {
        lease.kind = lease.goal;
        if (lease.kind == NONE) {
          remove(lease.file);
        }
      }
    }
  }
}
