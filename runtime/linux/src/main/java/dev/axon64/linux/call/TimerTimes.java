package dev.axon64.linux.call;

import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Task;

/** Times that timers are set to (struct itimerspec): an interval, and the first expiration. */
final class TimerTimes {
  static final int REALTIME = 0;
  static final int MONOTONIC = 1;
  static final int BOOTTIME = 7;
  static final int REALTIME_ALARM = 8;
  static final int BOOTTIME_ALARM = 9;

  private final GuestClock clock;

  TimerTimes(GuestClock clock) {
    this.clock = clock;
  }

  /**
   * What a timer is set to, in nanoseconds.
   *
   * @param every the interval
   * @param first the first expiration; 0 stops the timer
   */
  record Setting(long every, long first) {}

  /** Reads a setting of the guest's. */
  static Setting read(Task task, long address) {
    return new Setting(Guest.timespec(task, address), Guest.timespec(task, address + 16));
  }

  /** Tells the guest how a timer is set. */
  static void write(Task task, long address, long left, long every) {
    Guest.putTimespec(task, address, every);
    Guest.putTimespec(task, address + 16, left);
  }

  /**
   * The first expiration in monotonic nanoseconds; 0 if the timer is to be stopped.
   *
   * @param ofDay whether an absolute time is one of the time of day
   */
  long first(Setting setting, boolean absolute, boolean ofDay) {
    if (setting.first == 0) {
      return 0;
    }
    long now = clock.monotonic();
    if (!absolute) {
      return now + setting.first;
    }
    long at = ofDay ? setting.first - clock.realtime() + now : setting.first;
    return Math.max(1, at);
  }
}
