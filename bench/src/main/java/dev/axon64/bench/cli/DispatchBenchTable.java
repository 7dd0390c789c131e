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
record DispatchBenchTable(List<Row> rows, OptionalDouble multiplyAddsPerNanosecond) {
  /** The batch whose figures stand for "a batch" where one is needed. */
  static final int TYPICAL = 4096;

  DispatchBenchTable {
    rows = List.copyOf(rows);
  }

  /**
   * A row. Ratios say how many times more words a second than the base does: more is better.
   *
   * @param executor what ran
   * @param sample the words, empty for a bound
   * @param batch words in a call, 0 for a bound
   * @param nanoseconds per word
   * @param spread half the distance between the quartiles, as a share of the median
   * @param overScalar against the scalar loop: single words to single words, else to its batch
   * @param overOnnx against ONNX Runtime at the same batch
   * @param overLowered against ONNX Runtime with the lowered graph at the same batch
   * @param allocated bytes of Java heap per call
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

  static DispatchBenchTable of(
      List<Measurement<DispatchCase>> measured, MultiplyAdds work, int vectorBits) {
    List<Row> rows = new ArrayList<>();
    OptionalDouble rate = OptionalDouble.empty();
    for (Measurement<DispatchCase> m : measured) {
      if (m.of().executor() == DispatchExecutor.FMA) {
        rate = OptionalDouble.of(MultiplyAdds.rate(m.fastest(), vectorBits));
      } else {
        rows.add(row(m, measured));
      }
    }
    if (rate.isPresent()) {
      rows.add(bound("FMA bound, as published", work.published() / rate.getAsDouble(), measured));
      rows.add(bound("FMA bound, lowered", work.lowered() / rate.getAsDouble(), measured));
    }
    return new DispatchBenchTable(rows, rate);
  }

  private static Row row(Measurement<DispatchCase> m, List<Measurement<DispatchCase>> measured) {
    DispatchCase c = m.of();
    int scalarBatch = c.batch() == 1 ? 1 : TYPICAL;
    return new Row(
        c.executor().title(),
        c.sample(),
        c.batch(),
        m.nanoseconds() / c.batch(),
        OptionalDouble.of(m.spread()),
        over(m, measured, new DispatchCase(DispatchExecutor.SCALAR, c.sample(), scalarBatch)),
        over(m, measured, new DispatchCase(DispatchExecutor.ONNX, c.sample(), c.batch())),
        over(m, measured, new DispatchCase(DispatchExecutor.ONNX_LOWERED, c.sample(), c.batch())),
        OptionalDouble.of(m.allocated()));
  }

  private static OptionalDouble over(
      Measurement<DispatchCase> m, List<Measurement<DispatchCase>> measured, DispatchCase base) {
    Optional<Measurement<DispatchCase>> found = find(measured, base);
    return found.isPresent() ? m.timesFaster(found.get()) : OptionalDouble.empty();
  }

  private static Optional<Measurement<DispatchCase>> find(
      List<Measurement<DispatchCase>> measured, DispatchCase wanted) {
    return measured.stream().filter(m -> m.of().equals(wanted)).findFirst();
  }

  /** A bound's ratios are to the figures for random words in batches of {@link #TYPICAL}. */
  private static Row bound(
      String name, double nanoseconds, List<Measurement<DispatchCase>> measured) {
    return new Row(
        name,
        "",
        0,
        nanoseconds,
        OptionalDouble.empty(),
        over(nanoseconds, measured, DispatchExecutor.SCALAR),
        over(nanoseconds, measured, DispatchExecutor.ONNX),
        over(nanoseconds, measured, DispatchExecutor.ONNX_LOWERED),
        OptionalDouble.empty());
  }

  private static OptionalDouble over(
      double mine, List<Measurement<DispatchCase>> measured, DispatchExecutor base) {
    Optional<Measurement<DispatchCase>> found =
        find(measured, new DispatchCase(base, DispatchCase.SAMPLES.get(0), TYPICAL));
    return found.isPresent()
        ? OptionalDouble.of(found.get().nanoseconds() / TYPICAL / mine)
        : OptionalDouble.empty();
  }

  /** The measured row of that executor, words and batch. */
  Optional<Row> find(DispatchExecutor executor, String sample, int batch) {
    return rows.stream()
        .filter(r -> r.executor().equals(executor.title()))
        .filter(r -> r.sample().equals(sample) && r.batch() == batch)
        .findFirst();
  }
}
