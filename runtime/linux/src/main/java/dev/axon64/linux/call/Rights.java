package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/** What threads may do to files and to each other, by their identities (credentials(7)). */
final class Rights {
  private static final int ENTRY = Permissions.WRITE | Permissions.EXECUTE;
  private static final int GROUP_MARKED = Flags.S_ISGID | Flags.S_IXGRP;

  private Rights() {}

  /** Fails with EPERM if a thread does not have a capability. */
  static void require(Task task, int capability) {
    if (!task.identity.can(capability)) {
      throw new SysError(Errno.EPERM);
    }
  }

  /** Fails with EACCES if a thread may not do this with a node. */
  static void check(Task task, Node node, int wanted) {
    Permissions.check(task.identity, node.stat(), wanted);
  }

  /** Fails with EPERM if a thread neither owns a node nor may act as its owner. */
  static void checkOwner(Task task, Node node) {
    if (!Permissions.own(task.identity, node.stat())) {
      throw new SysError(Errno.EPERM);
    }
  }

  /** Fails if a thread may not make a name in a folder; a sealed file system says so first. */
  static void checkAddition(Task task, DirectoryNode folder) {
    if (!folder.isWritableTree()) {
      return; // the folder itself refuses
    }
    check(task, folder, ENTRY);
  }

  /** Fails if a thread may not take a node's name out of a folder. */
  static void checkRemoval(Task task, DirectoryNode folder, Node node) {
    if (!folder.isWritableTree()) {
      return;
    }
    Stat in = folder.stat();
    Permissions.check(task.identity, in, ENTRY);
    boolean sticky = (in.mode() & Flags.S_ISVTX) != 0;
    int user = task.identity.user().file();
    if (sticky
        && node.stat().uid() != user
        && in.uid() != user
        && !task.identity.can(Capabilities.FOWNER)) {
      throw new SysError(Errno.EPERM);
    }
  }

  /**
   * Gives something new its owner, group and mode: a folder may hand on its group.
   *
   * @param mode what was asked for, without what the process masks
   */
  static void own(Task task, PathWalk.Place place, Node fresh, int mode) {
    own(task, place.parent(), fresh, mode);
  }

  static void own(Task task, DirectoryNode folder, Node fresh, int mode) {
    Identity who = task.identity;
    Stat in = folder.stat();
    boolean handsOn = (in.mode() & Flags.S_ISGID) != 0;
    int group = handsOn ? in.gid() : who.group().file();
    int bits = mode;
    if (fresh instanceof DirectoryNode) {
      bits = bits & ~Flags.S_ISGID | (handsOn ? Flags.S_ISGID : bits & Flags.S_ISGID);
    } else if ((bits & GROUP_MARKED) == GROUP_MARKED
        && !who.isInGroup(group)
        && !who.can(Capabilities.FSETID)) {
      bits &= ~Flags.S_ISGID;
    }
    fresh.own(who.user().file(), group, bits);
  }

  /** Takes the marks from a program that somebody changes who may not keep them. */
  static void dropMarks(Task task, OpenFile file) {
    if (!(file instanceof RegularFile) || task.identity.can(Capabilities.FSETID)) {
      return;
    }
    Node node = file.node();
    if (node != null) {
      int mode = node.stat().mode();
      int kept = withoutMarks(mode);
      if (kept != (mode & 07777) && node.isWritableTree()) {
        node.chmod(kept);
      }
    }
  }

  /** Permission bits without the marks that let a program act for its owner or group. */
  static int withoutMarks(int mode) {
    int kept = mode & 07777 & ~Flags.S_ISUID;
    return (kept & GROUP_MARKED) == GROUP_MARKED ? kept & ~Flags.S_ISGID : kept;
  }

  /** Whether a thread may send signals to a process. */
  static boolean maySignal(Task task, Process target, boolean isContinue) {
    Identity who = task.identity;
    Identity other = target.identity;
    int real = who.user().real();
    int effective = who.user().effective();
    boolean same =
        effective == other.user().saved()
            || effective == other.user().real()
            || real == other.user().saved()
            || real == other.user().real();
    return target == task.process
        || same
        || who.can(Capabilities.KILL)
        || isContinue && target.session == task.process.session;
  }

  /** Whether a thread acts for the user whom another one belongs to. */
  static boolean actsFor(Task task, Identity other) {
    int effective = task.identity.user().effective();
    return effective == other.user().effective() || effective == other.user().real();
  }

  /** Whether a thread may look into the memory and the files of a process (ptrace(2)). */
  static boolean mayInspect(Task task, Process target) {
    return target == task.process || target.isOpenTo(task.identity);
  }
}
