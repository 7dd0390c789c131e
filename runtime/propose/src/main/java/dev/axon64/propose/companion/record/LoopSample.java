package dev.axon64.propose.companion.record;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Column;
import dev.axon64.codegen.tensor.Table;
import dev.axon64.codegen.tensor.TableFiles;
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

  private static final Column.Ints WORD = new Column.Ints("words", WORDS, false);
  private static final Column.Longs REGISTER = new Column.Longs("registers", LoopVisit.REGISTERS);
  private static final Column.Ints TYPE = Column.Ints.signed("type");
  private static final Column.Ints COUNTERS = Column.Ints.bits("counters");
  private static final Column.Ints ITERATIONS = Column.Ints.signed("iterations");
  private static final Column.Ints KIND = Column.Ints.signed("kind");
  private static final Column.Ints DESTINATIONS = Column.Ints.bits("destinations");
  private static final Column.Ints FIRSTS = Column.Ints.bits("firsts");
  private static final Column.Ints SOURCES = Column.Ints.bits("sources");
  private static final Column.Ints ELEMENT_BYTES = Column.Ints.signed("element_bytes");
  private static final Column.Ints DIRECTION = Column.Ints.signed("direction");
  private static final Column.Ints BEGIN = Column.Ints.signed("begin");

  private static final List<Column> COLUMNS =
      List.of(
          WORD,
          REGISTER,
          TYPE,
          COUNTERS,
          ITERATIONS,
          KIND,
          DESTINATIONS,
          FIRSTS,
          SOURCES,
          ELEMENT_BYTES,
          DIRECTION,
          BEGIN);

  /** What the checker cannot follow is UNKNOWN and NONE. */
  static LoopSample of(int[] words, LoopVisit visit, boolean natural) {
    int iterations = natural ? (int) Math.min(visit.remaining(), Integer.MAX_VALUE) : -1;
    int begin = Math.max(0, WORDS - 1 - (int) (visit.branch - visit.head >> 2));
    if (visit.facts().isEmpty()) {
      return new LoopSample(
          words,
          visit.registers(),
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
    LoopFacts facts = visit.facts().get();
    return new LoopSample(
        words,
        visit.registers(),
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

  /** Writes samples as a table with one row per sample and a column per component. */
  public static void write(Path file, List<LoopSample> samples) {
    Table table = new Table(COLUMNS, samples.size());
    for (int i = 0; i < samples.size(); i++) {
      samples.get(i).write(table, i);
    }
    TableFiles.write(file, table);
  }

  private void write(Table table, int row) {
    table.put(row, WORD, words);
    table.put(row, REGISTER, registers);
    table.put(row, TYPE, type.ordinal());
    table.put(row, COUNTERS, counters);
    table.put(row, ITERATIONS, iterations);
    table.put(row, KIND, kind.ordinal());
    table.put(row, DESTINATIONS, destinations);
    table.put(row, FIRSTS, firsts);
    table.put(row, SOURCES, sources);
    table.put(row, ELEMENT_BYTES, elementBytes);
    table.put(row, DIRECTION, direction.ordinal());
    table.put(row, BEGIN, begin);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InputException if the file holds something else
   */
  public static List<LoopSample> read(Path file) {
    Table table =
        TableFiles.read(
            file,
            COLUMNS,
            "holds no loops as they are recorded now; record them again with 'axon64 trace'");
    List<LoopSample> samples = new ArrayList<>();
    try {
      for (int row = 0; row < table.rows(); row++) {
        samples.add(read(table, row));
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new InputException(file.toString(), "holds a label that is none; record it again", e);
    }
    return samples;
  }

  private static LoopSample read(Table table, int row) {
    return new LoopSample(
        table.get(row, WORD),
        table.get(row, REGISTER),
        LoopType.values()[number(table, row, TYPE)],
        number(table, row, COUNTERS),
        number(table, row, ITERATIONS),
        Kind.values()[number(table, row, KIND)],
        number(table, row, DESTINATIONS),
        number(table, row, FIRSTS),
        number(table, row, SOURCES),
        number(table, row, ELEMENT_BYTES),
        Direction.values()[number(table, row, DIRECTION)],
        number(table, row, BEGIN));
  }

  private static int number(Table table, int row, Column.Ints column) {
    return table.get(row, column)[0];
  }
}
