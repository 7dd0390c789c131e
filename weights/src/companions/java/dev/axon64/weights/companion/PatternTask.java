package dev.axon64.weights.companion;

import dev.axon64.codegen.graph.Graphs;
import dev.axon64.runtime.companion.CompanionNetwork;
import dev.axon64.runtime.companion.PatternProposal;
import dev.axon64.runtime.companion.PatternProposal.Kind;
import dev.axon64.runtime.companion.PatternRecognizer;
import dev.axon64.runtime.companion.record.LoopSample;
import dev.axon64.weights.companion.Head.Loss;
import dev.axon64.weights.data.SplitMix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which bulk operation a loop is, on which registers. */
final class PatternTask implements CompanionTask {
  private static final Kind[] KINDS = Kind.values();

  private final Examples examples = new Examples(Graphs.read("pattern-recognizer"));

  /** Counts over samples. */
  private static final class Score {
    private int samples;
    private int idioms;
    private int proposed;
    private int right;
    private int kinds;
    private int accepted;
    private int operandsRight;
    private int elements;
    private int begins;

    void add(LoopSample sample, PatternProposal proposal) {
      samples++;
      kinds += sample.kind() == proposal.kind() ? 1 : 0;
      begins += sample.begin() == proposal.begin() ? 1 : 0;
      proposed += proposal.kind() != Kind.NONE ? 1 : 0;
      if (sample.kind() == Kind.NONE) {
        return;
      }
      idioms++;
      right += sample.kind() == proposal.kind() ? 1 : 0;
      boolean same = sample.elementBytes() == proposal.elementBytes();
      boolean accesses = sample.accesses(proposal);
      operandsRight += accesses ? 1 : 0;
      accepted += accesses && sample.kind() == proposal.kind() ? 1 : 0;
      elements += same && sample.direction() == proposal.direction() ? 1 : 0;
    }

    Object[] row(String name) {
      return new Object[] {
        name,
        samples,
        CompanionCard.share(kinds, samples),
        idioms,
        CompanionCard.share(right, proposed),
        CompanionCard.share(right, idioms),
        CompanionCard.share(operandsRight, idioms),
        CompanionCard.share(accepted, idioms),
        CompanionCard.share(elements, idioms),
        CompanionCard.share(begins, samples)
      };
    }
  }

  @Override
  public CompanionNetwork.Shape shape() {
    return CompanionNetwork.Shape.PATTERN_RECOGNIZER;
  }

  @Override
  public int epochs() {
    return 9;
  }

  @Override
  public List<Head> heads() {
    return List.of(
        new Head("kind", 0, KINDS.length, Loss.LOGITS, 1),
        new Head("operands", 0, 32, Loss.ANY, 0.3),
        new Head("operands", 32, 64, Loss.ANY, 0.3),
        new Head("operands", 64, 96, Loss.ANY, 0.3),
        new Head("element", 0, 5, Loss.LOGITS, 0.2),
        new Head("element", 5, 8, Loss.LOGITS, 0.1),
        new Head("borders", 0, 2, Loss.EACH, 2));
  }

  @Override
  public List<Example> examples(Path data, Program program, Optional<SplitMix> random) {
    return LoopSample.read(Recording.loops(data, program)).stream()
        .flatMap(sample -> Renaming.copies(sample, random, copies(sample)))
        .map(sample -> examples.pattern(program.name(), sample))
        .toList();
  }

  /** Some kinds are rare. */
  private static double copies(LoopSample sample) {
    return switch (sample.kind()) {
      case NONE -> 0.6;
      case XOR, STRCMP, MEMMOVE_BACKWARDS -> 3;
      case SUM, STRLEN, STRCPY, MEMCPY, MEMCMP -> 1.5;
      case MEMSET, MEMCHR, CRC -> 1;
    };
  }

  @Override
  public void measure(
      CompanionNetwork network, Path data, List<Program> heldOut, CompanionCard card) {
    PatternRecognizer recognizer = new PatternRecognizer(network);
    Map<String, Score> scores = new LinkedHashMap<>();
    Score all = new Score();
    int[] there = new int[KINDS.length];
    int[] proposed = new int[KINDS.length];
    int[] right = new int[KINDS.length];
    for (Program program : heldOut) {
      Score score = scores.computeIfAbsent(program.name(), name -> new Score());
      for (LoopSample sample : LoopSample.read(Recording.loops(data, program))) {
        PatternProposal proposal = recognizer.propose(sample.words(), sample.registers());
        score.add(sample, proposal);
        all.add(sample, proposal);
        there[sample.kind().ordinal()]++;
        proposed[proposal.kind().ordinal()]++;
        right[sample.kind().ordinal()] += sample.kind() == proposal.kind() ? 1 : 0;
      }
    }
    card.table(
        "heldOut",
        "program",
        "loops",
        "kind right",
        "idioms",
        "precision",
        "recall",
        "operands right",
        "accepted",
        "element and direction right",
        "begin right");
    scores.forEach((name, score) -> card.row(score.row(name)));
    card.row(all.row("all"));
    card.table("kinds", "kind", "loops", "precision", "recall");
    for (int k = 0; k < KINDS.length; k++) {
      card.row(
          KINDS[k].name(),
          there[k],
          CompanionCard.share(right[k], proposed[k]),
          CompanionCard.share(right[k], there[k]));
    }
    card.limit(
        "What a loop is, the checker says: a copy or a comparison that it cannot follow counts as"
            + " none, whatever its author meant.");
  }

  @Override
  public void sample(
      CompanionNetwork network, Path data, List<Program> heldOut, Path file, CompanionCard card) {
    PatternRecognizer recognizer = new PatternRecognizer(network);
    List<LoopSample> few =
        CompanionTask.few(
            heldOut.stream()
                .flatMap(program -> LoopSample.read(Recording.loops(data, program)).stream())
                .toList());
    Score score = new Score();
    few.forEach(
        sample -> score.add(sample, recognizer.propose(sample.words(), sample.registers())));
    LoopSample.write(file, few);
    card.value("sample", few.size());
    card.value("sampleKindsRight", score.kinds);
    card.value("sampleOperandsRight", score.operandsRight);
  }
}
