package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.propose.companion.Features;
import dev.axon64.propose.companion.LoopDetector;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.OracleFeatures;
import dev.axon64.propose.companion.PatternProposal.Kind;
import dev.axon64.propose.companion.PatternRecognizer;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.companion.record.LoopSample;
import java.util.Arrays;

/** Turns what was recorded into what the networks take and should give. */
final class Examples {
  private static final int NAMED = 3;
  private static final int[] NAMED_AT = {0, 5, 16};
  private static final int SIZES = 5;

  private final Graph graph;

  Examples(Graph graph) {
    this.graph = graph;
  }

  private final class Builder {
    private final float[] input = new float[graph.inputSize()];
    private final float[] target = new float[graph.outputSize()];
    private final float[] counts = new float[graph.outputSize()];

    /** The right class of {@code count} from a column on; -1 if there is none to be learnt. */
    void choose(String output, int column, int count, int right) {
      if (right >= 0) {
        int at = graph.outputOffset(output) + column;
        target[at + right] = 1;
        Arrays.fill(counts, at, at + count, 1);
      }
    }

    /** Any of a set of registers; nothing is learnt if it is empty. */
    void any(String output, int column, int mask) {
      int at = graph.outputOffset(output) + column;
      for (int r = 0; r < Features.REGISTERS && mask != 0; r++) {
        target[at + r] = mask >>> r & 1;
        counts[at + r] = 1;
      }
    }

    void number(String output, int column, float value) {
      int at = graph.outputOffset(output) + column;
      target[at] = value;
      counts[at] = 1;
    }

    Example build(String program) {
      return new Example(program, input, target, counts);
    }
  }

  /** For the loop detector. */
  Example loop(String program, LoopSample sample) {
    Builder example = new Builder();
    int window = LoopDetector.WINDOW;
    int[] words = sample.lastWords(window);
    Features.window(words, example.input, 0);
    Features.registers(sample.registers(), example.input, window * Features.WORD);
    example.choose("type", 0, LoopType.values().length, sample.type().ordinal());
    example.any("counter", 0, sample.counters());
    if (sample.iterations() > 0) {
      example.number("iterations", 0, (float) StrictMath.log10(sample.iterations()));
    }
    for (int i = 0; i < window; i++) {
      for (int f = 0; f < NAMED; f++) {
        int column = (i * NAMED + f) * Features.REGISTERS;
        int named = words[i] >>> NAMED_AT[f] & 31;
        example.choose("fields", column, Features.REGISTERS, words[i] == 0 ? -1 : named);
      }
    }
    return example.build(program);
  }

  /** For the pattern recognizer. */
  Example pattern(String program, LoopSample sample) {
    Builder example = new Builder();
    int window = PatternRecognizer.WINDOW;
    Features.window(sample.words(), example.input, 0);
    Features.registers(sample.registers(), example.input, window * Features.WORD);
    example.choose("kind", 0, Kind.values().length, sample.kind().ordinal());
    boolean any = sample.kind() != Kind.NONE;
    int[] operands = {sample.destinationSet(), sample.sourceSet(), any ? sample.counters() : 0};
    for (int i = 0; i < operands.length; i++) {
      example.any("operands", i * Features.REGISTERS, operands[i]);
    }
    int bytes = any ? sample.elementBytes() : 0;
    int size = bytes == 0 ? -1 : Math.min(SIZES - 1, Integer.numberOfTrailingZeros(bytes));
    example.choose("element", 0, SIZES, size);
    example.choose("element", SIZES, 3, any ? sample.direction().ordinal() : -1);
    for (int i = 0; i < window; i++) {
      example.number("borders", 2 * i, i == sample.begin() ? 1 : 0);
      example.number("borders", 2 * i + 1, i == sample.end() ? 1 : 0);
    }
    return example.build(program);
  }

  /** For the memory oracle. */
  Example accesses(String program, AccessSample sample) {
    Builder example = new Builder();
    System.arraycopy(sample.features(), 0, example.input, 0, OracleFeatures.WINDOW);
    for (int i = 0; i < OracleFeatures.CANDIDATES; i++) {
      if (sample.hits()[i] != AccessSample.NONE) {
        example.number("confidence", i, sample.hits()[i]);
      }
    }
    example.choose("delta", 0, OracleFeatures.CANDIDATES, sample.first());
    example.choose("pattern", 0, 4, sample.pattern().ordinal());
    return example.build(program);
  }
}
