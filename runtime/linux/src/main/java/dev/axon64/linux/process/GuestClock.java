package dev.axon64.linux.process;

import java.time.Instant;

/** The guest's time. */
public interface GuestClock {
  /** Nanoseconds since the machine started. */
  long monotonic();

  /** Nanoseconds since 1970. */
  long realtime();

  /** Told how many instructions were executed. */
  default void executed(long instructions) {}

  /** Whether waiting means to let the host's time pass. */
  boolean isHostTime();

  /** Lets time pass without waiting; only where it is not the host's. */
  default void advance(long nanoseconds) {}

  /** The host's time. */
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
   * A clock whose machine started so many nanoseconds earlier. The host's time of day stays what it
   * is; any other goes on.
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

  /** A time that only instructions and sleeping let pass, the same in every run. */
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
