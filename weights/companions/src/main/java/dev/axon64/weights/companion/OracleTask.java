package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.companion.OracleFeatures;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.prefetch.CacheCounts;
import dev.axon64.propose.prefetch.CacheSimulation;
import dev.axon64.propose.prefetch.OraclePrefetcher;
import dev.axon64.weights.companion.Head.Loss;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.finetune.Measure;
import dev.axon64.weights.finetune.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which blocks are accessed soon. */
final class OracleTask implements CompanionTask<AccessSample> {
  /** An epoch sees one window in so many, since most are much like others. */
  private static final int PART = 3;

  /** Features of the last three events. */
  private static final int SEEN = 3 * OracleFeatures.EVENT;

  /** Variants that are simulated: programs compiled as one would compile them. */
  private static final Set<String> VARIANTS = Set.of("O2", "static", "dynamic");

  private static final String NETWORK = "memory oracle";

  /** Of what a prefetcher did. */
  private static final List<String> COLUMNS =
      List.of(
          "prefetcher",
          "L1 misses",
          "fetched",
          "accuracy",
          "coverage",
          "in time",
          "waited, of none");

  /** Names the file with the published weights, if they are to stand in the card. */
  private static final String PUBLISHED = "axon64.published.oracle";

  private final Examples examples = new Examples(Graphs.read("memory-oracle"));
  private final Optional<Path> published =
      Optional.ofNullable(System.getProperty(PUBLISHED)).map(Path::of);

  @Override
  public CompanionNetwork.Shape shape() {
    return CompanionNetwork.Shape.MEMORY_ORACLE;
  }

  @Override
  public int epochs() {
    return 4;
  }

  @Override
  public List<Head> heads() {
    return List.of(
        new Head("confidence", 0, 8, Loss.EACH, 1),
        new Head("delta", 0, 8, Loss.LOGITS, 0.2),
        new Head("pattern", 0, 4, Loss.LOGITS, 0.1));
  }

  @Override
  public Recorded recorded() {
    return Recorded.MEMORY;
  }

  @Override
  public String samples() {
    return "candidates";
  }

  @Override
  public List<AccessSample> read(Path file) {
    return AccessSample.read(file);
  }

  @Override
  public void write(Path file, List<AccessSample> samples) {
    AccessSample.write(file, samples);
  }

  /** Windows whose last events look the same come from the same code in the same state. */
  @Override
  public long group(AccessSample sample) {
    long hash = 0;
    for (int i = OracleFeatures.WINDOW - SEEN; i < OracleFeatures.WINDOW; i++) {
      hash = new SplitMix(hash ^ Float.floatToIntBits(sample.features()[i])).next();
    }
    return hash;
  }

  @Override
  public Stream<Example> examples(String program, AccessSample sample, Optional<SplitMix> random) {
    boolean left = random.isPresent() && random.get().below(PART) != 0;
    return left ? Stream.empty() : Stream.of(examples.accesses(program, sample));
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.share("candidates judged right"),
        Measure.share("accuracy"),
        Measure.share("coverage"));
  }

  @Override
  public List<Fact> sampled() {
    return List.of(new Fact("sampleCandidatesRight", 0));
  }

  @Override
  public Function<AccessSample, List<double[]>> judge(CompanionNetwork network) {
    NetworkRunner runner = network.runner();
    float[] outputs = new float[network.graph().outputSize()];
    int at = network.graph().outputOffset("confidence");
    return sample -> {
      runner.run(sample.features(), 0, outputs, 0);
      List<double[]> all = new ArrayList<>();
      for (int i = 0; i < OracleFeatures.CANDIDATES; i++) {
        int hit = sample.hits()[i];
        boolean sure = outputs[at + i] >= OraclePrefetcher.CONFIDENCE;
        if (hit != AccessSample.NONE) {
          double right = sure == (hit == AccessSample.HIT) ? 1 : 0;
          double covered = hit == AccessSample.HIT ? right : Double.NaN;
          all.add(new double[] {right, sure ? right : Double.NaN, covered});
        }
      }
      return all;
    };
  }

  private List<Prefetcher> prefetchers(CompanionNetwork network) {
    List<Prefetcher> all = new ArrayList<>(CacheSimulation.baselines());
    all.add(new OraclePrefetcher(NETWORK, MemoryOracle.of(network)));
    published.ifPresent(
        file -> all.add(new OraclePrefetcher("published oracle", MemoryOracle.read(file))));
    return all;
  }

  @Override
  public void measure(
      CompanionNetwork network, Path data, List<Program> heldOut, CompanionCard card) {
    Recording recording = new Recording(data);
    Map<String, CacheCounts> sums = new LinkedHashMap<>();
    card.table("heldOut", Stream.concat(Stream.of("program"), COLUMNS.stream()));
    int best = 0;
    int measured = 0;
    for (Program program : heldOut) {
      if (!VARIANTS.contains(program.variant())) {
        continue;
      }
      CacheSimulation simulation = new CacheSimulation(prefetchers(network));
      recording.run(program, simulation::observer);
      List<CacheCounts> counts = simulation.counts();
      for (CacheCounts count : counts) {
        sums.merge(count.prefetcher(), count, CacheCounts::plus);
        Stream<Object> row = row(count, counts.get(0));
        card.row(Stream.concat(Stream.of(program.label()), row).toArray());
      }
      long least = counts.stream().mapToLong(CacheCounts::waited).min().orElse(0);
      measured++;
      best += counts.get(CacheSimulation.baselines().size()).waited() == least ? 1 : 0;
    }
    card.value("programsWhereItWaitsLeast", best + " of " + measured);
    card.table("all", COLUMNS.stream());
    CacheCounts none = sums.get("none");
    sums.forEach((name, sum) -> card.row(row(sum, none).toArray()));
    card.limit(
        "The simulated prefetcher takes no time; on a real machine an answer takes about a third of"
            + " a millisecond unless it is remembered, so it pays where waiting is longer.");
  }

  private static Stream<Object> row(CacheCounts count, CacheCounts none) {
    return Stream.of(
        count.prefetcher(),
        count.l1Misses(),
        count.issued(),
        CompanionCard.share(count.useful(), count.issued()),
        CompanionCard.share(none.l1Misses() - count.l1Misses(), none.l1Misses()),
        CompanionCard.share(count.useful() - count.late(), count.useful()),
        CompanionCard.share(count.waited(), none.waited()));
  }
}
