package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many of the host's descriptors the guest's open files may take. Some are left for what the
 * host does for a moment, such as listing a folder, so that the guest learns of the limit where it
 * opens a file, and nowhere else.
 */
final class HostDescriptors {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final String LINE = "Max open files";
  private static final int KEPT = 16;

  /** So many are there in any case, and nobody counts. */
  private static final int FEW = 8;

  private int taken;

  /** How many may be taken; 0 until that is asked. */
  private int most;

  /** One more file is about to be opened; fails with EMFILE if none may be. */
  void take() {
    if (taken >= FEW && taken >= most()) {
      throw new SysError(Errno.EMFILE);
    }
    taken++;
  }

  void giveBack() {
    taken--;
  }

  private int most() {
    if (most == 0) {
      try {
        most = Math.max(FEW, limit() - open() + taken - KEPT);
      } catch (IOException | RuntimeException e) {
        most = Integer.MAX_VALUE; // a host that does not tell
      }
    }
    return most;
  }

  private static int limit() throws IOException {
    for (String line : Files.readAllLines(LIMITS)) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).strip().split(" +")[0];
        return (int) Math.min(Long.parseLong(soft), Integer.MAX_VALUE / 2);
      }
    }
    return Integer.MAX_VALUE / 2;
  }

  private static int open() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(OPEN)) {
      for (Path each : all) {
        count += each.getFileName() == null ? 0 : 1;
      }
    }
    return count;
  }
}
