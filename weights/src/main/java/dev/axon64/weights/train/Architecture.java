package dev.axon64.weights.train;

import dev.axon64.codegen.support.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The published line of attempts at this task, and the one that works. Where the published work
 * gives no shape, one is chosen here.
 */
public enum Architecture {
  /** Eight bytes scaled to [0, 1], eight tanh units. */
  FEEDFORWARD(42, false, true, List.of(8)),
  /** The same inputs, more units. */
  FEEDFORWARD_LARGE(85, false, false, List.of(64, 32)),
  /** Hand-made fields of the word, as many units. */
  FEEDFORWARD_IMPROVED(89, true, false, List.of(64, 32)),
  /** A learned row for each opcode byte, and the spec's features. */
  EMBEDDING(100, false, false, List.of());

  private final int claimedPercent;
  private final boolean fields;
  private final boolean tanh;
  private final List<Integer> hidden;

  Architecture(int claimedPercent, boolean fields, boolean tanh, List<Integer> hidden) {
    this.claimedPercent = claimedPercent;
    this.fields = fields;
    this.tanh = tanh;
    this.hidden = hidden;
  }

  /** The name it is chosen by. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The architecture of that name. */
  public static Architecture named(String keyword) {
    return Arrays.stream(values())
        .filter(a -> a.keyword().equals(keyword))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    keyword,
                    "is no architecture; one of "
                        + Arrays.stream(values())
                            .map(Architecture::keyword)
                            .collect(Collectors.joining(", "))));
  }

  /** Accuracy that the published work claims, in percent. */
  public int claimedPercent() {
    return claimedPercent;
  }

  /** Units of the hidden layers; empty for the embedding, whose spec says. */
  public List<Integer> hidden() {
    return hidden;
  }

  /** Whether hidden units are tanh; else rectifiers. */
  public boolean tanh() {
    return tanh;
  }

  /** What the network reads of a word at a pc, each value in [0, 1]. */
  public float[] inputs(int word, long pc) {
    return fields ? fieldInputs(word, pc) : byteInputs(word, pc);
  }

  /** Top byte, the four bytes, two pc bytes, and the constant 0, as published. */
  private static float[] byteInputs(int word, long pc) {
    return new float[] {
      bits(word, 24, 8),
      bits(word, 24, 8),
      bits(word, 16, 8),
      bits(word, 8, 8),
      bits(word, 0, 8),
      bits((int) pc, 0, 8),
      bits((int) pc, 8, 8),
      0
    };
  }

  /**
   * Top byte, condition nibble, three register fields, immediate, size bits, class bits, link bit,
   * opcode fields of the register forms, two pc bytes: fourteen fields.
   */
  private static float[] fieldInputs(int word, long pc) {
    return new float[] {
      bits(word, 24, 8),
      bits(word, 28, 4),
      bits(word, 0, 5),
      bits(word, 5, 5),
      bits(word, 16, 5),
      bits(word, 10, 12),
      bits(word, 30, 2),
      bits(word, 26, 2),
      bits(word, 31, 1),
      bits(word, 21, 3),
      bits(word, 25, 4),
      bits(word, 10, 6),
      bits((int) pc, 0, 8),
      bits((int) pc, 8, 8)
    };
  }

  private static float bits(int word, int low, int width) {
    int mask = (1 << width) - 1;
    return (float) ((word >>> low) & mask) / mask;
  }
}
