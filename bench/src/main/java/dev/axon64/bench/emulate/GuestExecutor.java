package dev.axon64.bench.emulate;

/** What executes a workload. */
public enum GuestExecutor {
  EACH("scalar/each", 1, 8_000_000),
  PAGE("scalar/page", 1, 40_000_000),
  TRANSLATED("translated", 1, 600_000_000),
  QEMU("qemu-aarch64", 1, 1_000_000_000),
  UNICORN("libunicorn2", 1, 200_000_000),
  LANES("lanes, 128 alike", 128, 8_000_000),
  DIVERGING("lanes, 128 seeds", 128, 3_000_000);

  private final String label;
  private final int guests;
  private final long instructions;

  GuestExecutor(String label, int guests, long instructions) {
    this.label = label;
    this.guests = guests;
    this.instructions = instructions;
  }

  /** The name in tables. */
  public String label() {
    return label;
  }

  /** How many guests it executes at once. */
  public int guests() {
    return guests;
  }

  /** About how many instructions each guest is to execute in one measurement. */
  public long instructions() {
    return instructions;
  }

  /** Iterations before those that are measured, until compilers have done what they will do. */
  int warmUp() {
    return switch (this) {
      case TRANSLATED -> 12;
      case QEMU -> 1;
      case EACH, PAGE, UNICORN, LANES, DIVERGING -> 6;
    };
  }

  /** Whether one guest works on and on, and is measured for some instructions at a time. */
  boolean goesOn() {
    return this == EACH || this == PAGE || this == TRANSLATED;
  }
}
