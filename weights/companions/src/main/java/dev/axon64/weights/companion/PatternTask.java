package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.PatternProposal;
import dev.axon64.propose.companion.PatternProposal.Kind;
import dev.axon64.propose.companion.PatternRecognizer;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.companion.Head.Loss;
import dev.axon64.weights.finetune.Measure;
import java.util.List;
import java.util.function.Function;

/** Which bulk operation a loop is, on which registers. */
final class PatternTask extends LoopRecordings<PatternProposal, Kind> {
  /** The measures' places. */
  private static final int KIND = 1;

  private static final int PRECISION = 2;
  private static final int RECALL = 3;
  private static final int OPERANDS = 4;
  private static final int ACCEPTED = 5;
  private static final int ELEMENT = 6;
  private static final int BEGIN = 7;

  private final Examples examples = new Examples(Graphs.read("pattern-recognizer"));

  PatternTask() {
    super(Kind.values(), LoopSample::kind, PatternProposal::kind);
  }

  @Override
  public CompanionNetwork.Shape shape() {
    return CompanionNetwork.Shape.PATTERN_RECOGNIZER;
  }

  @Override
  public List<Head> heads() {
    return List.of(
        new Head("kind", 0, classes().size(), Loss.LOGITS, 1),
        new Head("operands", 0, 32, Loss.ANY, 0.3),
        new Head("operands", 32, 64, Loss.ANY, 0.3),
        new Head("operands", 64, 96, Loss.ANY, 0.3),
        new Head("element", 0, 5, Loss.LOGITS, 0.2),
        new Head("element", 5, 8, Loss.LOGITS, 0.1),
        new Head("borders", 0, 2, Loss.EACH, 2));
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        Measure.share("kind right, and registers where there is one"),
        Measure.share("kind right"),
        Measure.share("precision"),
        Measure.share("recall"),
        Measure.share("operands right"),
        Measure.share("accepted"),
        Measure.share("element and direction right"),
        Measure.share("begin right"));
  }

  @Override
  public List<Fact> sampled() {
    return List.of(new Fact("sampleKindsRight", KIND), new Fact("sampleOperandsRight", OPERANDS));
  }

  @Override
  double[] values(LoopSample sample, PatternProposal proposal) {
    boolean idiom = sample.kind() != Kind.NONE;
    boolean kind = sample.kind() == proposal.kind();
    boolean accesses = sample.accesses(proposal);
    boolean element =
        sample.elementBytes() == proposal.elementBytes()
            && sample.direction() == proposal.direction();
    return new double[] {
      where(true, kind && (accesses || !idiom)),
      where(true, kind),
      where(proposal.kind() != Kind.NONE, kind),
      where(idiom, kind),
      where(idiom, accesses),
      where(idiom, accesses && kind),
      where(idiom, element),
      where(true, sample.begin() == proposal.begin())
    };
  }

  @Override
  Function<LoopSample, PatternProposal> proposer(CompanionNetwork network) {
    PatternRecognizer recognizer = new PatternRecognizer(network);
    return sample -> recognizer.propose(sample.words(), sample.registers());
  }

  @Override
  Example example(String program, LoopSample sample) {
    return examples.pattern(program, sample);
  }

  /** Some kinds are rare. */
  @Override
  double copies(LoopSample sample) {
    return switch (sample.kind()) {
      case NONE -> 0.6;
      case XOR, STRCMP, MEMMOVE_BACKWARDS -> 3;
      case SUM, STRLEN, STRCPY, MEMCPY, MEMCMP -> 1.5;
      case MEMSET, MEMCHR, CRC -> 1;
    };
  }

  @Override
  String[] columns() {
    return new String[] {
      "program",
      "loops",
      "kind right",
      "idioms",
      "precision",
      "recall",
      "operands right",
      "accepted",
      "element and direction right",
      "begin right"
    };
  }

  @Override
  Object[] row(String name, Score score) {
    return new Object[] {
      name,
      score.sums().samples(),
      score.share(KIND),
      score.sums().count(RECALL),
      score.share(PRECISION),
      score.share(RECALL),
      score.share(OPERANDS),
      score.share(ACCEPTED),
      score.share(ELEMENT),
      score.share(BEGIN)
    };
  }

  @Override
  void complete(Score all, CompanionCard card) {
    card.table("kinds", "kind", "loops", "precision", "recall");
    for (Kind kind : classes()) {
      int k = kind.ordinal();
      int right = all.classes()[k][k];
      card.row(
          kind.name(),
          all.there(k),
          CompanionCard.share(right, all.proposed(k)),
          CompanionCard.share(right, all.there(k)));
    }
    card.limit(
        "What a loop is, the checker says: a copy or a comparison that it cannot follow counts as"
            + " none, whatever its author meant.");
  }
}
