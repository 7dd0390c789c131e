package dev.axon64.linux.process;

import java.util.TreeSet;

/** Things that are to happen at a time, other than that a parked thread goes on. */
public final class Alarms {
  /** One such thing. */
  public abstract static class Alarm implements Comparable<Alarm> {
    private long at = Wait.FOREVER;
    private long order;

    /** Called when its time has come; it may be set again. */
    protected abstract void ring();

    /** Whether anybody would notice; nobody sleeps until its time otherwise. */
    protected abstract boolean isAwaited();

    @Override
    public final int compareTo(Alarm other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final TreeSet<Alarm> set = new TreeSet<>();
  private long lastOrder;

  /** Sets an alarm to a monotonic time in nanoseconds, whatever it was set to before. */
  public void set(Alarm alarm, long at) {
    cancel(alarm);
    alarm.at = at;
    alarm.order = ++lastOrder;
    set.add(alarm);
  }

  /** The alarm rings no more. */
  public void cancel(Alarm alarm) {
    if (alarm.order != 0) {
      set.remove(alarm);
      alarm.order = 0;
    }
  }

  /** Whether none is set. */
  public boolean isEmpty() {
    return set.isEmpty();
  }

  /** Rings what is due. */
  public void ring(long now) {
    while (!set.isEmpty() && set.first().at <= now) {
      Alarm alarm = set.first();
      cancel(alarm);
      alarm.ring();
    }
  }

  /** When the first alarm rings that somebody waits for; {@link Wait#FOREVER} if none does. */
  public long next() {
    for (Alarm alarm : set) {
      if (alarm.isAwaited()) {
        return alarm.at;
      }
    }
    return Wait.FOREVER;
  }
}
