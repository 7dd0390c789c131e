package dev.axon64.runtime.linux.fs;

import dev.axon64.runtime.linux.abi.Errno;
import dev.axon64.runtime.linux.abi.SysError;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

/** A symbolic link of the host, which only the guest's walk follows. */
final class HostLink extends LinkNode {
  private final HostFolder folder;
  private final String name;

  HostLink(HostFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  @Override
  public Stat stat() {
    return HostStat.of(folder.place(name));
  }

  @Override
  public String target() {
    try {
      return Files.readSymbolicLink(folder.place(name)).toString();
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  @Override
  public void chmod(int mode) {
    throw new SysError(Errno.EOPNOTSUPP);
  }

  @Override
  public void chown(int uid, int gid) {
    folder.tree().checkWritable();
    HostFolder.act(() -> HostFile.setOwner(folder.place(name), uid, gid));
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) {
    folder.tree().checkWritable();
    HostFolder.act(() -> HostFile.setTimes(folder.place(name), accessed, modified));
  }

  @Override
  public boolean isWritableTree() {
    return folder.tree().isWritable();
  }
}
