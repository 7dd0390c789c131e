package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.Source;
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
  FEEDFORWARD(42, Field.BYTES, true, List.of(8)),
  /** The same inputs, more units. */
  FEEDFORWARD_LARGE(85, Field.BYTES, false, List.of(64, 32)),
  /** Hand-made fields of the word, as many units. */
  FEEDFORWARD_IMPROVED(89, Field.PARTS, false, List.of(64, 32)),
  /** A learned row for each opcode byte, and the spec's features. */
  EMBEDDING(100, List.of(), false, List.of());

  /** Some neighbouring bits of the word or of the pc. */
  private record Field(Source source, int low, int width) {
    private static final Field NOTHING = word(0, 0);

    /** Top byte, the four bytes, two pc bytes, and the constant 0, as published. */
    static final List<Field> BYTES =
        List.of(
            word(24, 8),
            word(24, 8),
            word(16, 8),
            word(8, 8),
            word(0, 8),
            pc(0, 8),
            pc(8, 8),
            NOTHING);

    /**
     * Top byte, condition nibble, three register fields, immediate, size bits, class bits, link
     * bit, opcode fields of the register forms, two pc bytes: fourteen fields.
     */
    static final List<Field> PARTS =
        List.of(
            word(24, 8),
            word(28, 4),
            word(0, 5),
            word(5, 5),
            word(16, 5),
            word(10, 12),
            word(30, 2),
            word(26, 2),
            word(31, 1),
            word(21, 3),
            word(25, 4),
            word(10, 6),
            pc(0, 8),
            pc(8, 8));

    static Field word(int low, int width) {
      return new Field(Source.WORD, low, width);
    }

    static Field pc(int low, int width) {
      return new Field(Source.PC, low, width);
    }

    /** In [0, 1]; 0 of no bits. */
    float of(int word, long pc) {
      if (width == 0) {
        return 0;
      }
      int mask = (1 << width) - 1;
      int bits = source == Source.WORD ? word : (int) pc;
      return (float) (bits >>> low & mask) / mask;
    }
  }

  private final int claimedPercent;
  private final List<Field> fields;
  private final boolean tanh;
  private final List<Integer> hidden;

  Architecture(int claimedPercent, List<Field> fields, boolean tanh, List<Integer> hidden) {
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
    float[] inputs = new float[fields.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = fields.get(i).of(word, pc);
    }
    return inputs;
  }
}
