package dev.axon64.linux.process;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.signal.SigInfo;

/**
 * A timer of a process (timer_create). Its signal waits at most once: what expires meanwhile is
 * counted, and the timer goes on when the signal is delivered.
 */
public final class PosixTimer extends Alarms.Alarm implements SigInfo.Source {
  private final Kernel kernel;
  private final Process process;
  private final Target target;
  private final int id;
  private final boolean ofDay;
  private long at;
  private long every;
  private boolean queued;
  private int overrun;

  /**
   * Whom it tells.
   *
   * @param signal that it sends; 0 for none
   * @param thread that gets the signal; null for any thread of the process
   * @param value that the signal brings
   */
  public record Target(int signal, Task thread, long value) {}

  /**
   * A timer that is not set.
   *
   * @param ofDay whether its times are those of the time of day
   */
  public PosixTimer(Kernel kernel, Process process, int id, boolean ofDay, Target target) {
    this.kernel = kernel;
    this.process = process;
    this.id = id;
    this.ofDay = ofDay;
    this.target = target;
  }

  int id() {
    return id;
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
    stop();
    at = first;
    every = interval;
    queued = false;
    overrun = 0;
    if (first != 0) {
      kernel.alarms.set(this, first);
    }
  }

  void stop() {
    at = 0;
    kernel.alarms.cancel(this);
  }

  /** Nanoseconds until it expires next; 0 if it is not set. */
  public long left() {
    if (at == 0) {
      return 0;
    }
    long now = kernel.clock.monotonic();
    if (at > now) {
      return at - now;
    }
    boolean over = every == 0;
    return over ? target.signal == 0 ? 0 : 1 : every - (now - at) % every;
  }

  public long every() {
    return every;
  }

  /** How often it had expired besides when its signal was delivered last. */
  public int overrun() {
    return overrun;
  }

  @Override
  protected void ring() {
    if (target.signal == 0) {
      goOn();
      return;
    }
    if (isIgnored()) {
      goOn();
      return;
    }
    queued = true;
    long first = id & 0xffffffffL;
    SigInfo info = new SigInfo(target.signal, 0, Signals.SI_TIMER, first, target.value, this);
    boolean sent =
        target.thread == null
            ? kernel.signals.send(process, info)
            : kernel.signals.send(target.thread, info);
    if (!sent) {
      goOn();
    }
  }

  private boolean isIgnored() {
    long blocked = target.thread == null ? process.leader().blocked : target.thread.blocked;
    return (blocked & Signals.bit(target.signal)) == 0 && process.actions.ignores(target.signal);
  }

  /** Sets itself to the next expiration; counts those that have passed. */
  private int goOn() {
    if (every == 0) {
      at = 0;
      return 0;
    }
    long late = Math.max(0, kernel.clock.monotonic() - at);
    at += (late / every + 1) * every;
    kernel.alarms.set(this, at);
    return (int) Math.min(late / every, Integer.MAX_VALUE);
  }

  @Override
  public SigInfo taken(SigInfo info) {
    if (!queued) {
      return info; // it has been set anew since
    }
    queued = false;
    overrun = at == 0 ? 0 : goOn();
    long first = info.first() & 0xffffffffL | (long) overrun << 32;
    return new SigInfo(info.signal(), 0, info.code(), first, info.second());
  }

  @Override
  protected boolean isAwaited() {
    return target.signal != 0 && !process.isZombie() && !isIgnored();
  }
}
