package dev.axon64.bench.fuzz;

import dev.axon64.emulator.Limits;
import dev.axon64.emulator.Snapshot;
import dev.axon64.machine.engine.Stop;

/** The function in an emulator of the library. */
final class Axon64Subject extends Subject {
  private static final Limits LIMITS = Limits.instructions(1_000_000).until(RETURN);

  private final boolean covered;
  private final boolean page;
  private final Snapshot snapshot;

  /**
   * @param covered whether a hook counts edges between blocks
   * @param page whether memory is reset, too
   */
  Axon64Subject(boolean covered, boolean page) {
    this.covered = covered;
    this.page = page;
    if (covered) {
      start.onBlock(coverage);
    }
    snapshot = start.snapshot();
  }

  @Override
  long call(byte[] input) {
    if (covered) {
      coverage.clear();
    }
    if (page) {
      start.restore(snapshot);
    } else {
      start.restoreRegisters(snapshot);
    }
    start.write(room(input), input);
    start.x(0, room(input)).x(1, input.length).x(30, RETURN).pc(function);
    Stop stop = start.run(LIMITS);
    if (!(stop instanceof Stop.Until)) {
      throw new IllegalStateException("the function did not return: " + stop);
    }
    return start.x(0);
  }

  /** The number of instructions of the last call. */
  long instructions() {
    return start.executed();
  }
}
