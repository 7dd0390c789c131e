package dev.axon64.linux.ipc;

import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.identity.Identity;
import java.nio.ByteBuffer;

/** A segment of shared memory, whose bytes are those of a file without a name. */
public final class Segment extends IpcObject {
  /** Bytes of struct shmid64_ds. */
  public static final int BYTES = 112;

  private static final int REMOVED = 01000;

  /** What is mapped. */
  public final RegularFile file;

  private final long size;
  private final int maker;
  private int user;
  private long attached;
  private long detached;

  /**
   * @param size bytes, as they were asked for
   * @param maker the process's number
   * @param now seconds since 1970
   */
  public Segment(
      int key, Identity who, int mode, RegularFile file, long size, int maker, long now) {
    super(key, who, mode, now);
    this.file = file;
    this.size = size;
    this.maker = maker;
  }

  /** Bytes, as they were asked for. */
  public long size() {
    return size;
  }

  /** A process has attached it. */
  public void attached(int process, long now) {
    user = process;
    attached = now;
  }

  /** A process has detached it. */
  public void detached(int process, long now) {
    user = process;
    detached = now;
  }

  /**
   * Writes the structure.
   *
   * @param users how often it is attached
   */
  public void put(ByteBuffer to, long users) {
    putPermissions(to, isRemoved() ? REMOVED : 0);
    to.putLong(48, size).putLong(56, attached).putLong(64, detached).putLong(72, changed);
    to.putInt(80, maker).putInt(84, user).putLong(88, users);
  }
}
