package dev.axon64.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a run ends at the latest.
 *
 * @param instructions the most that it executes
 * @param until the address before whose instruction it stops; nothing need be mapped there
 * @param time the most that it takes, of the clock on the wall
 */
public record Limits(long instructions, OptionalLong until, Optional<Duration> time) {
  public Limits {
    if (instructions < 0) {
      throw new IllegalArgumentException("instructions: " + instructions + " is below 0");
    }
    if (time.isPresent() && time.get().isNegative()) {
      throw new IllegalArgumentException("time: " + time.get() + " is below 0");
    }
  }

  /** No limit but what the guest and its hooks do. */
  public static Limits none() {
    return instructions(Long.MAX_VALUE);
  }

  /** At most so many instructions. */
  public static Limits instructions(long most) {
    return new Limits(most, OptionalLong.empty(), Optional.empty());
  }

  /** The same limits, and a run stops before the instruction at an address. */
  public Limits until(long address) {
    return new Limits(instructions, OptionalLong.of(address), time);
  }

  /** The same limits, and a run takes at most so long; it is looked at many times a second. */
  public Limits within(Duration most) {
    return new Limits(instructions, until, Optional.of(most));
  }
}
