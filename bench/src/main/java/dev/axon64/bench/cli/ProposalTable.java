package dev.axon64.bench.cli;

import dev.axon64.bench.companion.LayerWork;
import dev.axon64.bench.companion.NetworkExecutor;
import dev.axon64.codegen.network.graph.Graphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What proposals take.
 *
 * @param rows in order
 * @param multiplyAddsPerNanosecond scalar ones, on one thread; empty where not measured
 */
record ProposalTable(List<Row> rows, OptionalDouble multiplyAddsPerNanosecond) {
  /** The batch at which ONNX Runtime is at its best. */
  static final int BATCH = 64;

  ProposalTable {
    rows = List.copyOf(rows);
  }

  /**
   * A row. Ratios say how many times more proposals a second than the base gives: more is better.
   *
   * @param of what ran
   * @param nanoseconds per proposal
   * @param spread half the distance between the quartiles, as a share of the median
   * @param overLoops against generated plain loops
   * @param overOnnx against ONNX Runtime asked for single proposals
   * @param overOnnxBatch against ONNX Runtime asked for {@link #BATCH} at a time
   * @param ofBound the share of the speed that multiply-adds alone would allow
   * @param allocated bytes of Java heap per call
   */
  record Row(
      ProposalCase of,
      double nanoseconds,
      double spread,
      OptionalDouble overLoops,
      OptionalDouble overOnnx,
      OptionalDouble overOnnxBatch,
      OptionalDouble ofBound,
      double allocated) {}

  static ProposalTable of(List<Measurement<BenchCase>> measured, int vectorBits) {
    OptionalDouble rate =
        measured.stream()
            .filter(m -> m.of() instanceof DispatchCase)
            .mapToDouble(m -> MultiplyAdds.rate(m.fastest(), vectorBits))
            .findFirst();
    List<Row> rows = new ArrayList<>();
    for (Measurement<BenchCase> m : measured) {
      if (m.of() instanceof ProposalCase of) {
        rows.add(row(m, of, measured, rate));
      }
    }
    return new ProposalTable(rows, rate);
  }

  private static Row row(
      Measurement<BenchCase> m,
      ProposalCase of,
      List<Measurement<BenchCase>> measured,
      OptionalDouble rate) {
    double nanoseconds = m.nanoseconds() / of.batch();
    return new Row(
        of,
        nanoseconds,
        m.spread(),
        over(m, measured, new ProposalCase(of.network(), NetworkExecutor.PLAIN, 1)),
        over(m, measured, new ProposalCase(of.network(), NetworkExecutor.ONNX, 1)),
        over(m, measured, new ProposalCase(of.network(), NetworkExecutor.ONNX, BATCH)),
        rate.isEmpty()
            ? rate
            : OptionalDouble.of(work(of.network()) / rate.getAsDouble() / nanoseconds),
        m.allocated());
  }

  private static OptionalDouble over(
      Measurement<BenchCase> m, List<Measurement<BenchCase>> measured, ProposalCase base) {
    Optional<Measurement<BenchCase>> found =
        measured.stream().filter(other -> other.of().equals(base)).findFirst();
    return found.isPresent() ? m.timesFaster(found.get()) : OptionalDouble.empty();
  }

  /** Multiply-adds of a proposal. */
  static long work(String network) {
    return LayerWork.multiplyAdds(Graphs.read(network));
  }
}
