package dev.axon64.metal.msl;

import java.util.Locale;

/** The address spaces. */
public enum Space {
  DEVICE,
  CONSTANT,
  THREAD,
  THREADGROUP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
