package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.StandardStreams;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The descriptors of a process and the open files that they refer to. */
public final class FileTable {
  private final List<OpenFile> files = new ArrayList<>();
  private final BitSet used = new BitSet();
  private final BitSet closeOnExec = new BitSet();
  private int most;

  /** How many processes use it. */
  public int users = 1;

  /** An empty table for at most so many descriptors. */
  public FileTable(int most) {
    this.most = most;
  }

  /** A table for at most so many descriptors that has the standard streams. */
  public static FileTable of(StandardStreams streams, int most) {
    FileTable table = new FileTable(most);
    table.setIfOpen(0, streams.input());
    table.setIfOpen(1, streams.output());
    table.setIfOpen(2, streams.error());
    return table;
  }

  private void setIfOpen(int descriptor, OpenFile file) {
    if (file != null) {
      set(descriptor, file, false);
    }
  }

  /** How many descriptors it can hold. */
  public int most() {
    return most;
  }

  /** Changes how many descriptors it can hold; those that are open stay open. */
  public void setMost(int count) {
    most = count;
  }

  /** The open file of a descriptor; fails with EBADF if there is none. */
  public OpenFile get(long descriptor) {
    OpenFile file = find(descriptor);
    if (file == null) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  /** The open file of a descriptor, or null. */
  public OpenFile find(long descriptor) {
    return descriptor >= 0 && descriptor < files.size() ? files.get((int) descriptor) : null;
  }

  /**
   * Gives a file the lowest free descriptor that is not below {@code from}; fails with EMFILE if
   * none is left.
   *
   * @param cloexec whether execve closes it
   */
  public int add(OpenFile file, boolean cloexec, int from) {
    int descriptor = used.nextClearBit(from);
    if (descriptor >= most) {
      throw new SysError(Errno.EMFILE);
    }
    set(descriptor, file, cloexec);
    return descriptor;
  }

  /**
   * Fails with EMFILE if there is no room for {@code count} more descriptors. Those that are open
   * behind a limit that was lowered take none.
   */
  public void checkRoom(int count) {
    if (used.get(0, most).cardinality() + count > most) {
      throw new SysError(Errno.EMFILE);
    }
  }

  /** Gives a file this descriptor; what the descriptor referred to before is closed. */
  public void set(int descriptor, OpenFile file, boolean cloexec) {
    while (files.size() <= descriptor) {
      files.add(null);
    }
    file.retain();
    OpenFile old = files.set(descriptor, file);
    used.set(descriptor);
    closeOnExec.set(descriptor, cloexec);
    if (old != null) {
      old.leave(this);
      old.release();
    }
  }

  /** Closes a descriptor; fails with EBADF if it is not open. */
  public void close(long descriptor) {
    OpenFile file = get(descriptor);
    files.set((int) descriptor, null);
    used.clear((int) descriptor);
    closeOnExec.clear((int) descriptor);
    file.leave(this);
    file.release();
  }

  public boolean isCloseOnExec(int descriptor) {
    return closeOnExec.get(descriptor);
  }

  public void setCloseOnExec(int descriptor, boolean set) {
    closeOnExec.set(descriptor, set);
  }

  /** The open descriptors in ascending order. */
  public List<Integer> descriptors() {
    return used.stream().boxed().toList();
  }

  /** A copy for a child, whose descriptors refer to the same open files. */
  public FileTable fork() {
    FileTable child = new FileTable(most);
    for (int descriptor : descriptors()) {
      child.set(descriptor, files.get(descriptor), closeOnExec.get(descriptor));
    }
    return child;
  }

  /** Closes the descriptors that a new program must not inherit. */
  public void closeForExec() {
    for (int descriptor : descriptors()) {
      if (closeOnExec.get(descriptor)) {
        closeQuietly(descriptor);
      }
    }
  }

  /** One process less uses it; the last one closes all descriptors. */
  public void release() {
    if (--users == 0) {
      descriptors().forEach(this::closeQuietly);
    }
  }

  private void closeQuietly(int descriptor) {
    try {
      close(descriptor);
    } catch (SysError e) {
      return; // the descriptor is free nevertheless
    }
  }
}
