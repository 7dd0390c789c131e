package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open files that a thread's call is about. A call that waits goes on with those that it began
 * with, even if other threads close their descriptors or give the numbers to other files.
 */
public final class CallFiles {
  private final List<Integer> descriptors = new ArrayList<>();
  private final List<OpenFile> files = new ArrayList<>();
  private Map<Integer, OpenFile> kept = Map.of();

  /** The open file of a descriptor for this call; fails with EBADF if there is none. */
  public OpenFile get(FileTable table, int descriptor) {
    OpenFile file = find(table, descriptor);
    if (file == null) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  /** The open file of a descriptor for this call, or null. */
  public OpenFile find(FileTable table, int descriptor) {
    OpenFile file = kept.get(descriptor);
    if (file == null) {
      file = table.find(descriptor);
      if (file != null) {
        descriptors.add(descriptor);
        files.add(file);
      }
    }
    return file;
  }

  /** A call begins, or is made again. */
  public void begin() {
    descriptors.clear();
    files.clear();
  }

  /** The call waits. */
  public void keep() {
    if (kept.isEmpty() && !files.isEmpty()) {
      kept = new HashMap<>();
    }
    for (int i = 0; i < files.size(); i++) {
      if (kept.putIfAbsent(descriptors.get(i), files.get(i)) == null) {
        files.get(i).retain();
      }
    }
  }

  /** The call is over. */
  public void end() {
    if (kept.isEmpty()) {
      return;
    }
    List<OpenFile> over = List.copyOf(kept.values());
    kept = Map.of();
    for (OpenFile file : over) {
      try {
        file.release();
      } catch (SysError e) {
        continue; // nobody is left who could be told
      }
    }
  }
}
