package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.Source;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.Digests;
import dev.axon64.weights.certify.Subject.Group;
import dev.axon64.weights.certify.Subject.Live;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Sweeps words through the code generated for a network, and proves what needs no sweep. */
final class Certifier {
  private final Sweep sweep;
  private final Shard.Common common;

  /**
   * Generates, compiles and analyses.
   *
   * @param weightsFile name and digest of the file that the weights came from
   */
  Certifier(Network network, SpecFile weightsFile) {
    ForwardPlan plan = Lowering.lower(network);
    this.sweep = new Sweep(network, plan);
    this.common =
        new Shard.Common(
            subject(weightsFile), pcProof(), orderProof(), sweep.map, expected(sweep.map));
  }

  Shard.Common common() {
    return common;
  }

  /**
   * Sweeps a range on some threads.
   *
   * @param range begins and ends at multiples of {@link Sweep#CHUNK}
   * @param progress is told, by any thread, how many words are done so far
   */
  Shard sweep(WordRange range, int threads, LongConsumer progress) {
    if ((range.from() | range.to()) % Sweep.CHUNK != 0) {
      throw new IllegalArgumentException(range + " does not begin and end at a chunk");
    }
    AtomicLong next = new AtomicLong(range.from());
    AtomicLong done = new AtomicLong();
    SweepCounts total =
        Workers.run(
            threads,
            () -> {
              SweepCounts counts = common.nothing();
              SweepWorker worker = new SweepWorker(sweep, counts);
              long from;
              while ((from = next.getAndAdd(Sweep.TASK)) < range.to()) {
                long to = Math.min(range.to(), from + Sweep.TASK);
                worker.sweep(from, to);
                progress.accept(done.addAndGet(to - from));
              }
              return counts;
            },
            Certifier::plus);
    return Shard.of(common, range, total);
  }

  private static SweepCounts plus(SweepCounts a, SweepCounts b) {
    a.add(b);
    return a;
  }

  private Subject subject(SpecFile weightsFile) {
    DispatchSpec spec = sweep.spec;
    return new Subject(
        spec.name(),
        spec.files(),
        weightsFile,
        Digests.sha256(sweep.network.weights()),
        spec.parameters(),
        sweep.javaSha256,
        sweep.plan.exact() ? "exact" : "strict",
        spec.kernels(),
        spec.groups().stream().map(g -> new Group(g.name(), g.kernel())).toList(),
        sweep.plan.layers().stream()
            .map(layer -> new Live(layer.name(), layer.units().size(), layer.terms()))
            .toList());
  }

  private PcProof pcProof() {
    DispatchSpec spec = sweep.spec;
    PcProof.Kind kind =
        sweep.pc.isEmpty()
            ? PcProof.Kind.ZERO_COEFFICIENT
            : spec.index().source() == Source.PC ? PcProof.Kind.NONE : PcProof.Kind.INTERVAL;
    List<String> fields =
        sweep.pc.isEmpty()
            ? List.of()
            : sweep.plan.liveFeatures().stream()
                .map(f -> spec.features().get(f))
                .filter(PcReach::isOfPc)
                .map(Feature::toString)
                .toList();
    return new PcProof(
        kind,
        hex(Sweep.REFERENCE_PC),
        fields,
        kind == PcProof.Kind.INTERVAL ? (Float) sweep.pc.most() : null,
        Arrays.stream(sweep.probes).mapToObj(Certifier::hex).toList());
  }

  private static String hex(long pc) {
    return String.format("0x%016x", pc);
  }

  private OrderProof orderProof() {
    Exactness exactness = Exactness.of(sweep.network);
    return new OrderProof(
        exactness.exact() ? OrderProof.Kind.EXACT : OrderProof.Kind.ERROR_BOUND,
        exactness.reason(),
        exactness.layers(),
        sweep.rounding.most());
  }

  private String expected(EncodingMap map) {
    return Runs.encode(
        IntStream.range(0, map.cells())
            .mapToLong(cell -> sweep.spec.label(map.word(cell)))
            .toArray());
  }
}
