package dev.axon64.linux.event;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A counter that writes add to and reads take from (eventfd(2)). */
public final class EventCount extends EventFile {
  private final boolean semaphore;

  /** An unsigned number. */
  private long count;

  /**
   * A counter.
   *
   * @param semaphore whether a read takes one; otherwise all
   */
  public EventCount(long count, boolean semaphore, int flags) {
    super(flags, "eventfd", "an eventfd");
    this.count = count;
    this.semaphore = semaphore;
  }

  @Override
  public int ready() {
    int events = count != 0 ? IN : 0;
    events |= count == -1 ? Flags.POLLERR : 0;
    return events | (count != -1 && count != -2 ? OUT : 0);
  }

  @Override
  public void checkRead(int length) {
    checkLength(length);
  }

  private static void checkLength(int length) {
    if (length < Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    checkLength(length);
    long taken = semaphore ? 1 : count;
    count -= taken;
    ByteBuffer.wrap(to, offset, length).order(ByteOrder.LITTLE_ENDIAN).putLong(taken);
    watchers.changed(OUT);
    return Long.BYTES;
  }

  private static long value(byte[] from, int offset, int length) {
    if (length != Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
    long value = ByteBuffer.wrap(from, offset, length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (value == -1) {
      throw new SysError(Errno.EINVAL);
    }
    return value;
  }

  @Override
  public boolean accepts(byte[] from, int length) {
    return Long.compareUnsigned(-1 - count, value(from, 0, length)) > 0;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public int write(byte[] from, int offset, int length) {
    count += value(from, offset, length);
    watchers.changed(IN);
    return Long.BYTES;
  }
}
