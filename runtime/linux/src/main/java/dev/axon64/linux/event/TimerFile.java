package dev.axon64.linux.event;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.process.Alarms;
import dev.axon64.linux.process.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A timer that is read (timerfd_create(2)). It counts when somebody looks, or watches. */
public final class TimerFile extends EventFile {
  private final Kernel kernel;

  /** Whether its times are those of the time of day. */
  private final boolean ofDay;

  private final Alarms.Alarm alarm = new Expiry();
  private long at;
  private long every;
  private long expired;

  /** A timer that is not set. */
  public TimerFile(Kernel kernel, boolean ofDay, int flags) {
    super(flags, "timerfd", "a timer");
    this.kernel = kernel;
    this.ofDay = ofDay;
  }

  private final class Expiry extends Alarms.Alarm {
    @Override
    protected void ring() {
      count();
      watchers.changed(IN);
    }

    @Override
    protected boolean isAwaited() {
      return watchers.isAwaited();
    }
  }

  /** Whether its times are those of the time of day. */
  public boolean isOfDay() {
    return ofDay;
  }

  /**
   * Sets it.
   *
   * @param first when it expires, in monotonic nanoseconds; 0 to stop it
   * @param interval nanoseconds between further expirations; 0 for none
   */
  public void set(long first, long interval) {
    at = first;
    every = interval;
    expired = 0;
    arm();
  }

  /** Rings when it expires, for those who watch; not again before it has been read. */
  private void arm() {
    if (at != 0 && expired == 0 && !watchers.isEmpty()) {
      kernel.alarms.set(alarm, at);
    } else {
      kernel.alarms.cancel(alarm);
    }
  }

  /** Nanoseconds until it expires next; 0 if it is not set. */
  public long left() {
    count();
    return at == 0 ? 0 : at - kernel.clock.monotonic();
  }

  public long every() {
    return every;
  }

  /** Counts the expirations that have passed. */
  private void count() {
    long now = kernel.clock.monotonic();
    if (at == 0 || at > now) {
      return;
    }
    long times = every == 0 ? 1 : (now - at) / every + 1;
    expired += times;
    at = every == 0 ? 0 : at + times * every;
    arm();
  }

  @Override
  public int ready() {
    count();
    return expired != 0 ? IN : 0;
  }

  @Override
  public void checkRead(int length) {
    if (length < Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    checkRead(length);
    ByteBuffer.wrap(to, offset, length).order(ByteOrder.LITTLE_ENDIAN).putLong(expired);
    expired = 0;
    arm();
    return Long.BYTES;
  }

  @Override
  public void watch(Watcher watcher) {
    count();
    super.watch(watcher);
    arm();
  }

  @Override
  public void unwatch(Watcher watcher) {
    super.unwatch(watcher);
    arm();
  }

  @Override
  protected void close() {
    kernel.alarms.cancel(alarm);
  }
}
