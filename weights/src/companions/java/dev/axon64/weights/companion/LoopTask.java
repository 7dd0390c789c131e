package dev.axon64.weights.companion;

import dev.axon64.codegen.graph.Graphs;
import dev.axon64.runtime.companion.CompanionNetwork;
import dev.axon64.runtime.companion.LoopDetector;
import dev.axon64.runtime.companion.LoopProposal;
import dev.axon64.runtime.companion.LoopType;
import dev.axon64.runtime.companion.record.LoopSample;
import dev.axon64.weights.companion.Head.Loss;
import dev.axon64.weights.data.SplitMix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Type, counter and iterations of loops. */
final class LoopTask implements CompanionTask {
  private static final int WINDOW = LoopDetector.WINDOW;

  private final Examples examples = new Examples(Graphs.read("loop-detector"));

  /** Sums over samples. */
  private static final class Score {
    private int samples;
    private int types;
    private int counted;
    private int counters;
    private int provable;
    private int accepted;
    private int ended;
    private double error;
    private final int[] ofType = new int[LoopType.values().length];

    void add(LoopSample sample, LoopProposal proposal) {
      samples++;
      ofType[sample.type().ordinal()]++;
      types += proposal.type() == sample.type() ? 1 : 0;
      if (sample.counters() != 0) {
        counted++;
        counters += sample.counts(proposal) ? 1 : 0;
      }
      if (sample.type() != LoopType.UNKNOWN) {
        provable++;
        boolean right = proposal.type() == sample.type() && sample.counts(proposal);
        accepted += right ? 1 : 0;
      }
      if (sample.iterations() > 0) {
        ended++;
        error += Math.abs(Math.log10(proposal.iterations()) - Math.log10(sample.iterations()));
      }
    }

    Object[] row(String name) {
      return new Object[] {
        name,
        samples,
        CompanionCard.share(types, samples),
        CompanionCard.share(Arrays.stream(ofType).max().orElse(0), samples),
        CompanionCard.share(counters, counted),
        provable,
        CompanionCard.share(accepted, provable),
        ended == 0 ? "-" : CompanionCard.rounded(error / ended)
      };
    }
  }

  @Override
  public CompanionNetwork.Shape shape() {
    return CompanionNetwork.Shape.LOOP_DETECTOR;
  }

  @Override
  public int epochs() {
    return 9;
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
  public List<Example> examples(Path data, Program program, Optional<SplitMix> random) {
    return LoopSample.read(Recording.loops(data, program)).stream()
        .flatMap(sample -> Renaming.copies(sample, random, copies(sample)))
        .map(sample -> examples.loop(program.name(), sample))
        .toList();
  }

  /** Loops of a known type are rare. */
  private static double copies(LoopSample sample) {
    return switch (sample.type()) {
      case COUNT_DOWN, COUNT_UP -> 5;
      case MEMORY_FILL -> 2;
      case UNKNOWN -> sample.counters() != 0 ? 0.7 : 0.5;
    };
  }

  @Override
  public void measure(
      CompanionNetwork network, Path data, List<Program> heldOut, CompanionCard card) {
    LoopDetector detector = new LoopDetector(network);
    Map<String, Score> scores = new LinkedHashMap<>();
    Score all = new Score();
    int[][] confusion = new int[LoopType.values().length][LoopType.values().length];
    for (Program program : heldOut) {
      Score score = scores.computeIfAbsent(program.name(), name -> new Score());
      for (LoopSample sample : LoopSample.read(Recording.loops(data, program))) {
        LoopProposal proposal = detector.propose(sample.lastWords(WINDOW), sample.registers());
        score.add(sample, proposal);
        all.add(sample, proposal);
        confusion[sample.type().ordinal()][proposal.type().ordinal()]++;
      }
    }
    card.table(
        "heldOut",
        "program",
        "loops",
        "type right",
        "commonest type",
        "counter right",
        "provable",
        "of them accepted",
        "iterations, error in log10");
    scores.forEach((name, score) -> card.row(score.row(name)));
    card.row(all.row("all"));
    card.table("types", "type \\ proposed", "COUNT_DOWN", "COUNT_UP", "MEMORY_FILL", "UNKNOWN");
    for (LoopType type : LoopType.values()) {
      int[] row = confusion[type.ordinal()];
      card.row(type.name(), row[0], row[1], row[2], row[3]);
    }
    card.limit(
        "Iterations of loops that end at a pointer are not told by the registers' magnitudes, whose"
            + " difference float32 does not resolve; the error there is that of a guess.");
  }

  @Override
  public void sample(
      CompanionNetwork network, Path data, List<Program> heldOut, Path file, CompanionCard card) {
    LoopDetector detector = new LoopDetector(network);
    List<LoopSample> few =
        CompanionTask.few(
            heldOut.stream()
                .flatMap(program -> LoopSample.read(Recording.loops(data, program)).stream())
                .toList());
    Score score = new Score();
    few.forEach(
        sample ->
            score.add(sample, detector.propose(sample.lastWords(WINDOW), sample.registers())));
    LoopSample.write(file, few);
    card.value("sample", few.size());
    card.value("sampleTypesRight", score.types);
    card.value("sampleCountersRight", score.counters);
  }
}
