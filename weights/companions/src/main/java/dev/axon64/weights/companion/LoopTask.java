package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.LoopDetector;
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.companion.Head.Loss;
import dev.axon64.weights.finetune.Measure;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Type, counter and iterations of loops. */
final class LoopTask extends LoopRecordings<LoopProposal, LoopType> {
  /** The measures' places. */
  private static final int TYPE = 1;

  private static final int COUNTER = 2;
  private static final int ACCEPTED = 3;
  private static final int ITERATIONS = 4;

  private final Examples examples = new Examples(Graphs.read("loop-detector"));

  LoopTask() {
    super(LoopType.values(), LoopSample::type, LoopProposal::type);
  }

  @Override
  public CompanionNetwork.Shape shape() {
    return CompanionNetwork.Shape.LOOP_DETECTOR;
  }

  @Override
  public List<Head> heads() {
    return List.of(
        new Head("type", 0, 4, Loss.LOGITS, 1),
        new Head("counter", 0, 32, Loss.ANY, 1),
        new Head("iterations", 0, 1, Loss.NUMBER, 0.5),
        new Head("fields", 0, 96, Loss.PROBABILITIES, 0.1));
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.share("type right, and counter where provable"),
        Measure.share("type right"),
        Measure.share("counter right"),
        Measure.share("of the provable accepted"),
        Measure.error("iterations, error in log10"));
  }

  @Override
  public List<Fact> sampled() {
    return List.of(new Fact("sampleTypesRight", TYPE), new Fact("sampleCountersRight", COUNTER));
  }

  @Override
  double[] values(LoopSample sample, LoopProposal proposal) {
    boolean type = proposal.type() == sample.type();
    boolean counter = sample.counts(proposal);
    boolean provable = sample.type() != LoopType.UNKNOWN;
    double off =
        sample.iterations() > 0
            ? Math.abs(Math.log10(proposal.iterations()) - Math.log10(sample.iterations()))
            : Double.NaN;
    return new double[] {
      where(true, type && (counter || !provable)),
      where(true, type),
      where(sample.counters() != 0, counter),
      where(provable, type && counter),
      off
    };
  }

  @Override
  Function<LoopSample, LoopProposal> proposer(CompanionNetwork network) {
    LoopDetector detector = new LoopDetector(network);
    return sample -> detector.propose(sample.lastWords(LoopDetector.WINDOW), sample.registers());
  }

  @Override
  Example example(String program, LoopSample sample) {
    return examples.loop(program, sample);
  }

  /** Loops of a known type are rare. */
  @Override
  double copies(LoopSample sample) {
    return switch (sample.type()) {
      case COUNT_DOWN, COUNT_UP -> 5;
      case MEMORY_FILL -> 2;
      case UNKNOWN -> sample.counters() != 0 ? 0.7 : 0.5;
    };
  }

  @Override
  String[] columns() {
    return new String[] {
      "program",
      "loops",
      "type right",
      "commonest type",
      "counter right",
      "provable",
      "of them accepted",
      "iterations, error in log10"
    };
  }

  @Override
  Object[] row(String name, Score score) {
    int samples = score.sums().samples();
    int commonest = IntStream.range(0, classes().size()).map(score::there).max().orElse(0);
    double off = score.sums().mean(ITERATIONS);
    return new Object[] {
      name,
      samples,
      score.share(TYPE),
      CompanionCard.share(commonest, samples),
      score.share(COUNTER),
      score.sums().count(ACCEPTED),
      score.share(ACCEPTED),
      Double.isNaN(off) ? "-" : CompanionCard.rounded(off)
    };
  }

  @Override
  void complete(Score all, CompanionCard card) {
    card.table("types", "type \\ proposed", "COUNT_DOWN", "COUNT_UP", "MEMORY_FILL", "UNKNOWN");
    for (LoopType type : LoopType.values()) {
      int[] row = all.classes()[type.ordinal()];
      card.row(type.name(), row[0], row[1], row[2], row[3]);
    }
    card.limit(
        "Iterations of loops that end at a pointer are not told by the registers' magnitudes, whose"
            + " difference float32 does not resolve; the error there is that of a guess.");
  }
}
