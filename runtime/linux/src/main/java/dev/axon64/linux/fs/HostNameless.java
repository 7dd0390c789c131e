package dev.axon64.linux.fs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Files that a Linux host makes without a name, and that may get one (O_TMPFILE). */
final class HostNameless {
  private static final int O_RDWR = 2;
  private static final int O_EXCL = 0x80;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_TMPFILE = 0x400000 | (isArm() ? 0x4000 : 0x10000);

  private HostNameless() {}

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  /**
   * Makes an empty file; null if the host cannot.
   *
   * @param at where the host has the folder
   */
  static DirectoryNode.Nameless make(HostFolder folder, Path at, int mode, boolean linkable) {
    int descriptor;
    try (Arena arena = Arena.ofConfined()) {
      int flags = O_RDWR | O_CLOEXEC | O_TMPFILE | (linkable ? 0 : O_EXCL);
      descriptor =
          (int) HostCalls.call("openat", HostCalls.HERE, HostCalls.path(arena, at), flags, mode);
    } catch (SysError e) {
      return null; // the file system has no such files, or there are no such calls
    }
    try {
      HostInode.Way way = new HostInode.Way(Path.of("/proc/self/fd/" + descriptor), true);
      HostAttributes.setMode(way, mode);
      HostFile file = HostFile.nameless(folder, way);
      return new DirectoryNode.Nameless(file, file.open(true));
    } catch (IOException e) {
      throw HostTree.error(e);
    } finally {
      HostCalls.call("close", descriptor);
    }
  }

  /** Gives an open file a name, if it may get one. */
  static void link(Path descriptor, Path to) {
    try (Arena arena = Arena.ofConfined()) {
      HostCalls.call(
          "linkat",
          HostCalls.HERE,
          HostCalls.text(arena, descriptor.toString().getBytes(US_ASCII)),
          HostCalls.HERE,
          HostCalls.path(arena, to),
          Flags.AT_SYMLINK_FOLLOW);
    }
  }
}
