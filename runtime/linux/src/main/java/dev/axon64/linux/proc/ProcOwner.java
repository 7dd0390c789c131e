package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import java.time.Instant;

/**
 * Whose a node of /proc is.
 *
 * @param process whom it tells about; null if it tells about the system
 */
record ProcOwner(Kernel kernel, Process process) {
  /** Attributes of a node, whose inode number follows from its path. */
  Stat stat(int mode, String path) {
    Instant now = Instant.ofEpochSecond(0, kernel.clock.realtime());
    long inode = path.hashCode() & 0x7fffffffL | 1;
    int links = (mode & Flags.S_IFMT) == Flags.S_IFDIR ? 2 : 1;
    boolean open = mode == (Flags.S_IFDIR | 0555) || mode == (Flags.S_IFDIR | 0500) && isOwn();
    boolean known = process != null && (process.dumpable || open);
    int uid = known ? process.identity.user().effective() : 0;
    int gid = known ? process.identity.group().effective() : 0;
    return new Stat(Stat.PROC, inode, mode, links, uid, gid, 0, 0, now, now, now);
  }

  private boolean isOwn() {
    return process == kernel.current();
  }

  /** Whether somebody may look into the process. */
  boolean isOpenTo(Identity who) {
    return process == null || isOwn() || process.isOpenTo(who);
  }
}
