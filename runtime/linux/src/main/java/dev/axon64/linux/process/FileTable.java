package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A process's descriptors. */
public final class FileTable {
  private final List<OpenFile> files = new ArrayList<>();
  private final BitSet closeOnExec = new BitSet();
  private int most;

  /** How many processes and threads use it. */
  public int users = 1;

  /** A table of at most so many. */
  public FileTable(int most) {
    this.most = most;
  }

  /** The most descriptors. */
  public int most() {
    return most;
  }

  public void setMost(int count) {
    most = count;
  }

  /** The open file of a descriptor. Fails with EBADF. */
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

  /** Gives a file the lowest free descriptor of at least {@code from}. Fails with EMFILE. */
  public int add(OpenFile file, boolean cloexec, int from) {
    int descriptor = from;
    while (descriptor < files.size() && files.get(descriptor) != null) {
      descriptor++;
    }
    if (descriptor >= most) {
      throw new SysError(Errno.EMFILE);
    }
    set(descriptor, file, cloexec);
    return descriptor;
  }

  /** Whether there is room for {@code count} more. Fails with EMFILE if not. */
  public void checkRoom(int count) {
    long used = files.stream().filter(f -> f != null).count();
    if (used + count > most) {
      throw new SysError(Errno.EMFILE);
    }
  }

  /** Gives a file this descriptor; what it was before is closed. */
  public void set(int descriptor, OpenFile file, boolean cloexec) {
    while (files.size() <= descriptor) {
      files.add(null);
    }
    file.retain();
    OpenFile old = files.set(descriptor, file);
    closeOnExec.set(descriptor, cloexec);
    if (old != null) {
      old.release();
    }
  }

  /** Closes a descriptor. Fails with EBADF. */
  public void close(long descriptor) {
    OpenFile file = get(descriptor);
    files.set((int) descriptor, null);
    closeOnExec.clear((int) descriptor);
    file.release();
  }

  public boolean isCloseOnExec(int descriptor) {
    return closeOnExec.get(descriptor);
  }

  public void setCloseOnExec(int descriptor, boolean set) {
    closeOnExec.set(descriptor, set);
  }

  /** The open descriptors. */
  public List<Integer> descriptors() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i) != null) {
        open.add(i);
      }
    }
    return open;
  }

  /** A copy for a child. */
  public FileTable fork() {
    FileTable child = new FileTable(most);
    for (int descriptor : descriptors()) {
      child.set(descriptor, files.get(descriptor), closeOnExec.get(descriptor));
    }
    return child;
  }

  /** Closes those that a new program must not have. */
  public void closeForExec() {
    for (int descriptor : descriptors()) {
      if (closeOnExec.get(descriptor)) {
        closeQuietly(descriptor);
      }
    }
  }

  /** One user less; the last closes all. */
  public void release() {
    if (--users == 0) {
      descriptors().forEach(this::closeQuietly);
    }
  }

  private void closeQuietly(int descriptor) {
    try {
      close(descriptor);
    } catch (SysError e) {
      // the descriptor is free all the same
      return;
    }
  }
}
