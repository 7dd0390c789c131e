package dev.axon64.linux.start;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.SharedBytes;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.RunningProgram;
import dev.axon64.machine.elf.ElfImage;
import java.util.Arrays;

/** A file that is to be run: open, and not to be written until it is closed or handed on. */
final class ProgramFile implements AutoCloseable {
  private final FileBody body;
  private final Stat stat;
  private final boolean givesIds;
  private boolean handedOn;

  private ProgramFile(FileBody body, Stat stat, boolean givesIds) {
    this.body = body;
    this.stat = stat;
    this.givesIds = givesIds;
  }

  /** Opens it; fails with EACCES if it may not be run, with ETXTBSY if somebody may write it. */
  static ProgramFile open(Node node, Identity who) {
    if (!(node instanceof FileNode file) || file.stat().type() != Flags.S_IFREG) {
      throw new SysError(Errno.EACCES);
    }
    Permissions.check(who, file.stat(), Permissions.EXECUTE);
    FileBody body = file.open(false);
    try {
      body.denyWrites();
    } catch (SysError e) {
      body.close();
      throw e;
    }
    return new ProgramFile(body, file.stat(), file.givesIds());
  }

  /**
   * Its bytes, which nobody may change; fails with ENOMEM if there are more than this, or than any
   * program has.
   */
  byte[] read(long most) {
    long size = body.size();
    if (size > Math.min(ElfImage.MOST_BYTES, most)) {
      throw new SysError(Errno.ENOMEM);
    }
    return SharedBytes.of(
        () -> {
          byte[] bytes = new byte[(int) size];
          int count = body.read(0, bytes, 0, bytes.length);
          return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        });
  }

  /** Whom the program acts for, if this one starts it: the file may be marked to give its ids. */
  Identity identity(Identity who) {
    int uid = who.user().effective();
    int gid = who.group().effective();
    if (givesIds && !who.noNewPrivileges()) {
      int groupMarked = Flags.S_ISGID | Flags.S_IXGRP;
      uid = (stat.mode() & Flags.S_ISUID) != 0 ? stat.uid() : uid;
      gid = (stat.mode() & groupMarked) == groupMarked ? stat.gid() : gid;
    }
    return who.forProgram(uid, gid);
  }

  /** Whether somebody may read what the program has in memory. */
  boolean isReadable(Identity who) {
    return Permissions.allow(who, stat, Permissions.READ);
  }

  /** Hands it on to the process that runs it. */
  RunningProgram run() {
    handedOn = true;
    return new RunningProgram(body);
  }

  @Override
  public void close() {
    if (!handedOn) {
      body.close();
    }
  }
}
