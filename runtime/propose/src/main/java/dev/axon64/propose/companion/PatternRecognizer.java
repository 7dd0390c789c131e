package dev.axon64.propose.companion;

import dev.axon64.codegen.network.program.NetworkRunner;
import java.util.ArrayList;
import java.util.List;

/**
 * Guesses which bulk operation a loop performs, from its code and the registers. Not thread-safe:
 * use one per thread.
 */
public final class PatternRecognizer {
  /** Instructions seen, the last of which is the branch back. */
  public static final int WINDOW = 32;

  /** Element sizes told apart: 1, 2, 4, 8 and 16 bytes. */
  static final int SIZES = 5;

  private static final PatternProposal.Kind[] KINDS = PatternProposal.Kind.values();
  private static final PatternProposal.Direction[] DIRECTIONS = PatternProposal.Direction.values();

  private final NetworkRunner runner;

  private static final int MOST_OPERANDS = 3;

  private final float[] sample = new float[WINDOW * Features.WORD + Features.REGISTER_FILE];
  private final Outputs outputs;
  private final int kind;
  private final int operands;
  private final int element;
  private final int borders;

  /** A recognizer with a network of shape {@link CompanionNetwork.Shape#PATTERN_RECOGNIZER}. */
  public PatternRecognizer(CompanionNetwork network) {
    this.runner = network.runner();
    this.outputs = new Outputs(network.graph());
    this.kind = outputs.at("kind");
    this.operands = outputs.at("operands");
    this.element = outputs.at("element");
    this.borders = outputs.at("borders");
  }

  /** With the shipped weights. */
  public static PatternRecognizer shipped() {
    return new PatternRecognizer(
        CompanionNetwork.shipped(CompanionNetwork.Shape.PATTERN_RECOGNIZER));
  }

  /**
   * Guesses.
   *
   * @param words 32 instructions that end with the branch back; 0 where there is none to be read
   * @param registers X0 to X30 and SP at the loop's head, just after the branch was taken
   */
  public PatternProposal propose(int[] words, long[] registers) {
    Features.window(words, sample, 0);
    Features.registers(registers, sample, WINDOW * Features.WORD);
    runner.run(sample, 0, outputs.values, 0);
    return new PatternProposal(
        KINDS[outputs.greatest(kind, KINDS.length, 1)],
        operand(0),
        operand(1),
        operand(2),
        1 << outputs.greatest(element, SIZES, 1),
        DIRECTIONS[outputs.greatest(element + SIZES, DIRECTIONS.length, 1)],
        outputs.greatest(borders, WINDOW, 2),
        outputs.greatest(borders + 1, WINDOW, 2));
  }

  /**
   * Guesses that come close, the best first: other operations, and other operands of each. None of
   * them is {@link PatternProposal.Kind#NONE}.
   *
   * @param odds how much less likely than the best another operation may be, as a natural logarithm
   */
  public List<PatternProposal> alternatives(int[] words, long[] registers, double odds) {
    PatternProposal first = propose(words, registers);
    List<PatternProposal> all = new ArrayList<>();
    for (int k : outputs.ranked(kind, KINDS.length, odds)) {
      if (KINDS[k] != PatternProposal.Kind.NONE) {
        for (int destination : operands(0)) {
          for (int source : operands(1)) {
            all.add(first.with(KINDS[k], destination, source));
          }
        }
      }
    }
    return all;
  }

  private List<Integer> operands(int which) {
    return outputs
        .ranked(operands + which * Features.REGISTERS, Features.REGISTERS, 1)
        .subList(0, MOST_OPERANDS);
  }

  private int operand(int which) {
    return outputs.greatest(operands + which * Features.REGISTERS, Features.REGISTERS, 1);
  }
}
