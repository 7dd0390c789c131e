package dev.axon64.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The table: measured rows, then the bounds that the multiply-add rate sets.
 *
 * @param rows in order
 * @param multiplyAddsPerNanosecond scalar ones, on one thread; empty where not measured
 */
record BenchTable(List<Row> rows, OptionalDouble multiplyAddsPerNanosecond) {
  /** The batch whose figures stand for "a batch" where one is needed. */
  static final int TYPICAL = 4096;

  BenchTable {
    rows = List.copyOf(rows);
  }

  /**
   * A row. Ratios say how many times more words a second than the base does: more is better.
   *
   * @param executor what ran
   * @param sample the words, empty for a bound
   * @param batch words in a call, 0 for a bound
   * @param nanoseconds a word
   * @param spread half the distance between the quartiles, as a share of the median
   * @param overScalar against the scalar loop: single words to single words, else to its batch
   * @param overOnnx against ONNX Runtime at the same batch
   * @param overLowered against ONNX Runtime with the lowered graph at the same batch
   * @param allocated bytes of Java heap a call
   */
  record Row(
      String executor,
      String sample,
      int batch,
      double nanoseconds,
      OptionalDouble spread,
      OptionalDouble overScalar,
      OptionalDouble overOnnx,
      OptionalDouble overLowered,
      OptionalDouble allocated) {
    double wordsPerSecond() {
      return 1e9 / nanoseconds;
    }
  }

  static BenchTable of(List<Measurement<Case>> measured, MultiplyAdds work, int vectorBits) {
    List<Row> rows = new ArrayList<>();
    OptionalDouble rate = OptionalDouble.empty();
    for (Measurement<Case> m : measured) {
      if (m.of().executor() == Executor.FMA) {
        rate = OptionalDouble.of(MultiplyAdds.rate(m.fastest(), vectorBits));
      } else {
        rows.add(row(m, measured));
      }
    }
    if (rate.isPresent()) {
      rows.add(bound("FMA bound, as published", work.published() / rate.getAsDouble(), measured));
      rows.add(bound("FMA bound, lowered", work.lowered() / rate.getAsDouble(), measured));
    }
    return new BenchTable(rows, rate);
  }

  private static Row row(Measurement<Case> m, List<Measurement<Case>> measured) {
    Case c = m.of();
    int scalarBatch = c.batch() == 1 ? 1 : TYPICAL;
    return new Row(
        c.executor().title(),
        c.sample(),
        c.batch(),
        m.nanoseconds() / c.batch(),
        OptionalDouble.of(m.spread()),
        over(m, measured, new Case(Executor.SCALAR, c.sample(), scalarBatch)),
        over(m, measured, new Case(Executor.ONNX, c.sample(), c.batch())),
        over(m, measured, new Case(Executor.ONNX_LOWERED, c.sample(), c.batch())),
        OptionalDouble.of(m.allocated()));
  }

  private static OptionalDouble over(
      Measurement<Case> m, List<Measurement<Case>> measured, Case base) {
    Optional<Measurement<Case>> found = find(measured, base);
    return found.isPresent() ? m.timesFaster(found.get()) : OptionalDouble.empty();
  }

  private static Optional<Measurement<Case>> find(List<Measurement<Case>> measured, Case wanted) {
    return measured.stream().filter(m -> m.of().equals(wanted)).findFirst();
  }

  /** A bound's ratios are to the figures for random words in batches of {@link #TYPICAL}. */
  private static Row bound(String name, double nanoseconds, List<Measurement<Case>> measured) {
    return new Row(
        name,
        "",
        0,
        nanoseconds,
        OptionalDouble.empty(),
        over(nanoseconds, measured, Executor.SCALAR),
        over(nanoseconds, measured, Executor.ONNX),
        over(nanoseconds, measured, Executor.ONNX_LOWERED),
        OptionalDouble.empty());
  }

  private static OptionalDouble over(double mine, List<Measurement<Case>> measured, Executor base) {
    Optional<Measurement<Case>> found =
        find(measured, new Case(base, Case.SAMPLES.get(0), TYPICAL));
    return found.isPresent()
        ? OptionalDouble.of(found.get().nanoseconds() / TYPICAL / mine)
        : OptionalDouble.empty();
  }

  /** The measured row of that executor, words and batch. */
  Optional<Row> find(Executor executor, String sample, int batch) {
    return rows.stream()
        .filter(r -> r.executor().equals(executor.title()))
        .filter(r -> r.sample().equals(sample) && r.batch() == batch)
        .findFirst();
  }
}
