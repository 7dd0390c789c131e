package dev.axon64.propose.companion;

import dev.axon64.codegen.network.program.NetworkRunner;
import java.util.ArrayList;
import java.util.List;

/** Guesses what a loop is from its code and the registers. Not thread-safe: use one per thread. */
public final class LoopDetector {
  /** Instructions seen, the last of which is the branch back. */
  public static final int WINDOW = 16;

  /** More iterations than this are never proposed, as a power of ten. */
  private static final double MOST_DIGITS = 19;

  private static final int MOST = 3;

  private static final LoopType[] TYPES = LoopType.values();

  private final NetworkRunner runner;
  private final float[] sample = new float[WINDOW * Features.WORD + Features.REGISTER_FILE];
  private final Outputs outputs;
  private final int type;
  private final int counter;
  private final int iterations;

  /** A detector with a network of shape {@link CompanionNetwork.Shape#LOOP_DETECTOR}. */
  public LoopDetector(CompanionNetwork network) {
    this.runner = network.runner();
    this.outputs = new Outputs(network.graph());
    this.type = outputs.at("type");
    this.counter = outputs.at("counter");
    this.iterations = outputs.at("iterations");
  }

  /** With the shipped weights. */
  public static LoopDetector shipped() {
    return new LoopDetector(CompanionNetwork.shipped(CompanionNetwork.Shape.LOOP_DETECTOR));
  }

  /**
   * Guesses.
   *
   * @param words 16 instructions that end with the branch back; 0 where there is none to be read
   * @param registers X0 to X30 and SP at the loop's head, just after the branch was taken
   */
  public LoopProposal propose(int[] words, long[] registers) {
    Features.window(words, sample, 0);
    Features.registers(registers, sample, WINDOW * Features.WORD);
    runner.run(sample, 0, outputs.values, 0);
    double digits = Math.min(MOST_DIGITS, Math.max(0, outputs.values[iterations]));
    return new LoopProposal(
        TYPES[outputs.greatest(type, TYPES.length, 1)],
        outputs.greatest(counter, Features.REGISTERS, 1),
        Math.pow(10, digits));
  }

  /**
   * Guesses that come close, the best first: other types, and other counters of each. None of them
   * is {@link LoopType#UNKNOWN}.
   *
   * @param odds how much less likely than the best another type may be, as a natural logarithm
   */
  public List<LoopProposal> alternatives(int[] words, long[] registers, double odds) {
    LoopProposal first = propose(words, registers);
    List<LoopProposal> all = new ArrayList<>();
    for (int t : outputs.ranked(type, TYPES.length, odds)) {
      if (TYPES[t] != LoopType.UNKNOWN) {
        for (int register : outputs.ranked(counter, Features.REGISTERS, 1).subList(0, MOST)) {
          all.add(new LoopProposal(TYPES[t], register, first.iterations()));
        }
      }
    }
    return all;
  }
}
