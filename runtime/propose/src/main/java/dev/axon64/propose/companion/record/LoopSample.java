package dev.axon64.propose.companion.record;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.propose.accelerate.LoopFacts;
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.PatternProposal;
import dev.axon64.propose.companion.PatternProposal.Direction;
import dev.axon64.propose.companion.PatternProposal.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A loop as the networks see it, and what the checker found it to be. Sets of registers are masks,
 * bit 31 for SP: each member is right.
 *
 * @param words 32 instructions that end with the branch back; 0 where there was none to be read
 * @param registers X0 to X30 and SP at the loop's head, just after the branch was taken
 * @param type what the loop is
 * @param counters registers that tell its end
 * @param iterations that were left when it was looked at; -1 if it was left in the middle
 * @param kind the bulk operation
 * @param destinations registers that say where it stores
 * @param firsts registers that say where it loads, or loads the first of two streams
 * @param sources registers that say where it loads
 * @param elementBytes of its first access; 0 if it has none
 * @param direction of its first access
 * @param begin index in the window of the loop's first instruction
 */
public record LoopSample(
    int[] words,
    long[] registers,
    LoopType type,
    int counters,
    int iterations,
    Kind kind,
    int destinations,
    int firsts,
    int sources,
    int elementBytes,
    Direction direction,
    int begin) {
  /** Instructions of a window. */
  public static final int WORDS = 32;

  private static final int HALVES = 4;
  private static final int REGISTERS_AT = 2 * WORDS;
  private static final int LABELS_AT = REGISTERS_AT + HALVES * LoopVisit.REGISTERS;
  private static final int LABELS = 10;
  private static final int COLUMNS = LABELS_AT + 2 * LABELS;

  /** What the checker cannot follow is UNKNOWN and NONE. */
  static LoopSample of(int[] words, LoopVisit run, boolean natural) {
    int iterations = natural ? (int) Math.min(run.remaining(), Integer.MAX_VALUE) : -1;
    int begin = Math.max(0, WORDS - 1 - (int) (run.branch - run.head >> 2));
    if (run.facts().isEmpty()) {
      return new LoopSample(
          words,
          run.registers(),
          LoopType.UNKNOWN,
          0,
          iterations,
          Kind.NONE,
          0,
          0,
          0,
          0,
          Direction.UNKNOWN,
          begin);
    }
    LoopFacts facts = run.facts().get();
    return new LoopSample(
        words,
        run.registers(),
        facts.type(),
        mask(facts.counters()),
        iterations,
        facts.kind(),
        mask(facts.destinations()),
        mask(facts.firsts()),
        mask(facts.sources()),
        facts.elementBytes(),
        facts.direction(),
        begin);
  }

  private static int mask(Set<Integer> registers) {
    return registers.stream().mapToInt(r -> 1 << r).reduce(0, (a, b) -> a | b);
  }

  /** The index in the window of its last instruction: the branch back. */
  public int end() {
    return WORDS - 1;
  }

  /** The same, said to be of another type. */
  public LoopSample of(LoopType other) {
    return new LoopSample(
        words,
        registers,
        other,
        counters,
        iterations,
        kind,
        destinations,
        firsts,
        sources,
        elementBytes,
        direction,
        begin);
  }

  /** The last so many instructions of the window. */
  public int[] lastWords(int count) {
    return Arrays.copyOfRange(words, WORDS - count, WORDS);
  }

  /** Whether a proposal names a register that tells the end. */
  public boolean counts(LoopProposal proposal) {
    return (counters >>> proposal.counter() & 1) != 0;
  }

  /** The registers that a pattern's destination may be; 0 if it has none. */
  public int destinationSet() {
    return switch (kind) {
      case MEMSET, MEMCPY, MEMMOVE_BACKWARDS, STRCPY -> destinations;
      case MEMCMP, STRCMP -> firsts;
      case NONE, MEMCHR, STRLEN, SUM, XOR, CRC -> 0;
    };
  }

  /** The registers that a pattern's source may be; 0 if it has none. */
  public int sourceSet() {
    return switch (kind) {
      case MEMCMP, STRCMP -> (sources & ~firsts) != 0 ? sources & ~firsts : sources;
      case MEMCPY, MEMMOVE_BACKWARDS, STRCPY, MEMCHR, STRLEN, SUM, XOR, CRC -> sources;
      case NONE, MEMSET -> 0;
    };
  }

  /** Whether a proposal's destination and source are right, where the pattern has them. */
  public boolean accesses(PatternProposal proposal) {
    int destination = destinationSet();
    int source = sourceSet();
    return (destination == 0 || (destination >>> proposal.destination() & 1) != 0)
        && (source == 0 || (source >>> proposal.source() & 1) != 0);
  }

  /**
   * Writes samples as a {@code .npy} of float32, a row a sample; all numbers in pieces of 16 bits,
   * the lowest first, since a float32 holds no more than 24.
   */
  public static void write(Path file, List<LoopSample> samples) {
    float[] all = new float[samples.size() * COLUMNS];
    for (int i = 0; i < samples.size(); i++) {
      samples.get(i).write(all, i * COLUMNS);
    }
    TensorFiles.writeNpy(file, new Tensor("", List.of(samples.size(), COLUMNS), all));
  }

  private void write(float[] to, int at) {
    for (int i = 0; i < WORDS; i++) {
      put(to, at + 2 * i, words[i]);
    }
    for (int r = 0; r < LoopVisit.REGISTERS; r++) {
      put(to, at + REGISTERS_AT + HALVES * r, (int) registers[r]);
      put(to, at + REGISTERS_AT + HALVES * r + 2, (int) (registers[r] >> 32));
    }
    int[] labels = {
      type.ordinal(),
      counters,
      iterations,
      kind.ordinal(),
      destinations,
      firsts,
      sources,
      elementBytes,
      direction.ordinal(),
      begin
    };
    for (int i = 0; i < LABELS; i++) {
      put(to, at + LABELS_AT + 2 * i, labels[i]);
    }
  }

  private static void put(float[] to, int at, int value) {
    to[at] = value & 0xffff;
    to[at + 1] = value >>> 16;
  }

  private static int get(float[] from, int at) {
    return (int) from[at] | (int) from[at + 1] << 16;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InputException if the file holds something else
   */
  public static List<LoopSample> read(Path file) {
    Tensor tensor = TensorFiles.read(file).get(0);
    if (tensor.shape().size() != 2 || tensor.shape().get(1) != COLUMNS) {
      throw new InputException(
          file.toString(),
          "holds " + tensor.shape() + ", no loops; record some with 'axon64 trace --loops FILE'");
    }
    float[] all = tensor.data();
    List<LoopSample> samples = new ArrayList<>();
    for (int at = 0; at < all.length; at += COLUMNS) {
      samples.add(read(all, at, file));
    }
    return samples;
  }

  private static LoopSample read(float[] from, int at, Path file) {
    int[] words = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = get(from, at + 2 * i);
    }
    long[] registers = new long[LoopVisit.REGISTERS];
    for (int r = 0; r < registers.length; r++) {
      int place = at + REGISTERS_AT + HALVES * r;
      registers[r] = get(from, place) & 0xffffffffL | (long) get(from, place + 2) << 32;
    }
    int[] labels = new int[LABELS];
    for (int i = 0; i < LABELS; i++) {
      labels[i] = get(from, at + LABELS_AT + 2 * i);
    }
    try {
      return new LoopSample(
          words,
          registers,
          LoopType.values()[labels[0]],
          labels[1],
          labels[2],
          Kind.values()[labels[3]],
          labels[4],
          labels[5],
          labels[6],
          labels[7],
          Direction.values()[labels[8]],
          labels[9]);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new InputException(file.toString(), "holds a label that is none; record it again", e);
    }
  }
}
