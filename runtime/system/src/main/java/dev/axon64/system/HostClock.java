package dev.axon64.system;

import dev.axon64.system.device.State;
import java.io.IOException;

/** The host's time, from when the machine was switched on. */
final class HostClock implements Clock {
  /** What an instruction takes, roughly: how soon to look at the time again. */
  private static final int PER_INSTRUCTION = 20;

  private long origin = System.nanoTime();

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public void state(State state) throws IOException {
    origin = System.nanoTime() - state.value(now());
  }

  @Override
  public boolean isHosts() {
    return true;
  }

  @Override
  public void executed(long instructions) {
    // time has passed by itself
  }

  @Override
  public void advance(long to) {
    // time passes by itself
  }

  @Override
  public long instructionsUntil(long time) {
    return Math.max(1, (time - now()) / PER_INSTRUCTION);
  }
}
