package dev.axon64.emulator.fuzz;

import dev.axon64.emulator.Emulator;
import dev.axon64.emulator.FunctionCall;
import dev.axon64.emulator.Limits;
import dev.axon64.emulator.Snapshot;
import dev.axon64.machine.engine.Stop;

/**
 * Calls one function of a guest again and again in one emulator, each time from the same state:
 * {@code function(bytes, size)}. What it wrote is undone before the next call, page by page; a
 * function that keeps nothing between calls is faster {@linkplain #keepingMemory without that}.
 *
 * <p>An input goes to the end of its room, and what lies behind is not mapped if the room ends a
 * mapping: then a read beyond the input faults.
 */
public final class Harness {
  private final Emulator emulator;
  private final long function;
  private final long room;
  private final int most;
  private final Snapshot start;
  private final CoverageMap coverage;
  private final Limits limits;
  private boolean keepsMemory;
  private long executions;

  /**
   * Makes a harness. The state of the emulator now is the one that each call starts from.
   *
   * @param function its address
   * @param room where inputs go; mapped, readable
   * @param most bytes of an input
   * @param coverage is told of blocks, and cleared before each call
   * @param budget the most instructions of a call
   */
  public Harness(
      Emulator emulator, long function, long room, int most, CoverageMap coverage, long budget) {
    this.emulator = emulator;
    this.function = function;
    this.room = room;
    this.most = most;
    this.coverage = coverage;
    this.limits = Limits.instructions(budget).until(FunctionCall.RETURN);
    emulator.onBlock(coverage);
    emulator.write(room, new byte[most]);
    this.start = emulator.snapshot();
  }

  /** Restores registers alone before each call from now on. */
  public Harness keepingMemory() {
    keepsMemory = true;
    return this;
  }

  /**
   * Calls the function.
   *
   * @param input of which no more than the room holds is used
   * @return why the call ended: {@link Stop.Until} if it returned
   */
  public Stop run(byte[] input) {
    executions++;
    coverage.clear();
    if (keepsMemory) {
      emulator.restoreRegisters(start);
    } else {
      emulator.restore(start);
    }
    int size = Math.min(input.length, most);
    long at = room + most - size;
    if (size < input.length) {
      emulator.write(at, java.util.Arrays.copyOf(input, size));
    } else if (size > 0) {
      emulator.write(at, input);
    }
    emulator.x(0, at).x(1, size).x(30, FunctionCall.RETURN).pc(function);
    return emulator.run(limits);
  }

  /**
   * Calls the function and throws if it did not return: the body of a {@code fuzzerTestOneInput}
   * for Jazzer, or of any property test.
   *
   * @throws GuestCrash if the guest stopped otherwise than by a return or by its budget
   */
  public void test(byte[] input) {
    Stop stop = run(input);
    if (isCrash(stop)) {
      throw new GuestCrash(stop, emulator.pc());
    }
  }

  /** Whether a call that ended so found a bug: not if it returned, or may still be running. */
  static boolean isCrash(Stop stop) {
    return !(stop instanceof Stop.Ended) && !(stop instanceof Stop.Budget);
  }

  /** The number of calls so far. */
  public long executions() {
    return executions;
  }

  /** What the last call covered. */
  public CoverageMap coverage() {
    return coverage;
  }

  /** The emulator, as the last call left it. */
  public Emulator emulator() {
    return emulator;
  }
}
