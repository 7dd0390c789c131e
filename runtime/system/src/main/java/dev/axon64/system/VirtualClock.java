package dev.axon64.system;

import dev.axon64.system.device.State;
import java.io.IOException;

/**
 * Time that follows from the instructions that were executed and the pauses in which nobody
 * executed any, so that each run of a machine has the same times.
 */
final class VirtualClock implements Clock {
  private final int perInstruction;
  private long base;
  private long executed;

  /**
   * @param perInstruction the nanoseconds that an instruction takes
   */
  VirtualClock(int perInstruction) {
    this.perInstruction = perInstruction;
  }

  @Override
  public long now() {
    return base + executed * perInstruction;
  }

  @Override
  public void state(State state) throws IOException {
    base = state.value(now());
    executed = 0;
  }

  @Override
  public boolean isHosts() {
    return false;
  }

  @Override
  public void executed(long instructions) {
    executed += instructions;
  }

  @Override
  public void advance(long to) {
    base = Math.max(to, base);
    executed = 0;
  }

  @Override
  public long instructionsUntil(long time) {
    long left = time - now();
    return left <= 0 ? 1 : (left - 1) / perInstruction + 1;
  }
}
