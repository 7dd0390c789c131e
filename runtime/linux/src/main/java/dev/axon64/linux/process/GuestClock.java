package dev.axon64.linux.process;

import java.time.Instant;

/** The guest's time. */
public interface GuestClock {
  /** Nanoseconds since the machine started. */
  long monotonic();

  /** Nanoseconds since 1970. */
  long realtime();

  /** Tells the clock that so many instructions have been executed. */
  default void executed(long instructions) {}

  /** Whether its time passes only with the host's. */
  boolean isHostTime();

  /** Moves the time on without waiting; has an effect only where time is not the host's. */
  default void advance(long nanoseconds) {}

  /** A clock that shows the host's time. */
  static GuestClock host() {
    long start = System.nanoTime();
    Instant now = Instant.now();
    long offset = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return new GuestClock() {
      @Override
      public long monotonic() {
        return System.nanoTime() - start;
      }

      @Override
      public long realtime() {
        return offset + monotonic();
      }

      @Override
      public boolean isHostTime() {
        return true;
      }
    };
  }

  /**
   * A clock whose machine started so many nanoseconds earlier. The time of day is the host's if the
   * clock shows that; otherwise it is that much later.
   */
  static GuestClock startedBefore(GuestClock clock, long nanoseconds) {
    return new GuestClock() {
      @Override
      public long monotonic() {
        return clock.monotonic() + nanoseconds;
      }

      @Override
      public long realtime() {
        return clock.isHostTime() ? clock.realtime() : clock.realtime() + nanoseconds;
      }

      @Override
      public void executed(long instructions) {
        clock.executed(instructions);
      }

      @Override
      public boolean isHostTime() {
        return clock.isHostTime();
      }

      @Override
      public void advance(long time) {
        clock.advance(time);
      }
    };
  }

  /**
   * A clock that is the same in every run: each instruction takes a nanosecond, and sleeping passes
   * at once.
   *
   * @param start the time of day when the machine starts
   */
  static GuestClock virtual(Instant start) {
    long offset = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    return new GuestClock() {
      private long now;

      @Override
      public long monotonic() {
        return now;
      }

      @Override
      public long realtime() {
        return offset + now;
      }

      @Override
      public void executed(long instructions) {
        now += instructions;
      }

      @Override
      public boolean isHostTime() {
        return false;
      }

      @Override
      public void advance(long nanoseconds) {
        now += nanoseconds;
      }
    };
  }
}
