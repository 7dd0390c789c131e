package dev.axon64.system.device;

import java.util.function.LongSupplier;

/** Arm's real time clock PL031 (DDI 0224): seconds since 1970. Its alarm rings at no time. */
public final class Pl031 implements Device {
  private static final int PART = 0x031;

  private final LongSupplier seconds;
  private long shift;
  private long match;
  private long mask;

  /**
   * @param seconds the time that it has at first, and goes on with
   */
  public Pl031(LongSupplier seconds) {
    this.seconds = seconds;
  }

  @Override
  public long load(long offset, int size) {
    return switch ((int) offset & -4) {
      case 0x00 -> seconds.getAsLong() + shift;
      case 0x04 -> match;
      case 0x0c -> 1;
      case 0x10 -> mask;
      default -> PrimeCell.load(offset, PART, 0);
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    switch ((int) offset & -4) {
      case 0x04 -> match = value;
      case 0x08 -> shift = value - seconds.getAsLong();
      case 0x10 -> mask = value & 1;
      default -> {
        // read only, or nothing there
      }
    }
  }
}
