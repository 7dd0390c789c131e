package dev.axon64.linux.fs;

import java.io.IOException;
import java.nio.file.Files;

/** A symbolic link of the host; {@link PathWalk} follows it, and the host never does. */
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
      return HostNames.text(Files.readSymbolicLink(folder.place(name)));
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  @Override
  Attributes attributes() {
    return new HostAttributes(folder.tree(), () -> new HostInode.Way(folder.place(name), false));
  }
}
