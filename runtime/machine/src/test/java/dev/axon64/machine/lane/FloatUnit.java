package dev.axon64.machine.lane;

import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.lane.ExactRounding.Answer;
import dev.axon64.machine.state.CpuState;

/**
 * Executes single floating-point instructions: sources from register 1 up, result in register 0.
 */
final class FloatUnit {
  private static final int KERNELS = 8;
  private static final int ROUNDING_SHIFT = 22;
  private final CpuState state = new CpuState();

  /**
   * A result in V0, whole.
   *
   * @param control FPCR
   */
  Answer vector(int word, long control, long... sources) {
    run(word, control, sources);
    return new Answer(state.v[0], (int) state.fpsr);
  }

  /** The same in a rounding mode of FPCR. */
  Answer rounding(int word, int mode, long... sources) {
    return vector(word, (long) mode << ROUNDING_SHIFT, sources);
  }

  /** A result in X0. */
  Answer general(int word, long control, long... sources) {
    run(word, control, sources);
    return new Answer(state.x[0], (int) state.fpsr);
  }

  private void run(int word, long control, long... sources) {
    state.reset();
    state.fpcr = control;
    for (int i = 0; i < sources.length; i++) {
      state.v[2 * (i + 1)] = sources[i];
      state.x[i + 1] = sources[i];
    }
    for (int kernel = 0; kernel < KERNELS; kernel++) {
      int instruction = Kernels.decode(kernel, word);
      if (instruction >= 0) {
        Kernels.execute(kernel, instruction, state, word, 0);
        return;
      }
    }
    throw new AssertionError("no instruction: 0x" + Integer.toHexString(word));
  }
}
