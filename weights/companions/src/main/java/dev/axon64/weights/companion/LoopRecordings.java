package dev.axon64.weights.companion;

import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.finetune.MeasureSums;
import dev.axon64.weights.finetune.Recorded;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is learnt from recorded loops: what class a loop is of, and more.
 *
 * @param <P> what the network proposes
 * @param <C> classes of loops
 */
abstract sealed class LoopRecordings<P, C extends Enum<C>> implements CompanionTask<LoopSample>
    permits LoopTask, PatternTask {
  private final List<C> classes;
  private final Function<LoopSample, C> labelled;
  private final Function<P, C> proposed;

  /**
   * @param classes all of them, in order
   * @param labelled the class that a sample is of
   * @param proposed the class that a proposal says
   */
  LoopRecordings(C[] classes, Function<LoopSample, C> labelled, Function<P, C> proposed) {
    this.classes = List.of(classes);
    this.labelled = labelled;
    this.proposed = proposed;
  }

  /**
   * Sums over samples.
   *
   * @param sums of the measures
   * @param classes samples by their class, then by the class proposed
   */
  record Score(MeasureSums sums, int[][] classes) {
    /** Samples of a class. */
    int there(int which) {
      return Arrays.stream(classes[which]).sum();
    }

    /** Proposals of a class. */
    int proposed(int which) {
      return Arrays.stream(classes).mapToInt(row -> row[which]).sum();
    }

    /** The share of samples for which a measure holds. */
    String share(int measure) {
      return CompanionCard.share((long) sums.sum(measure), sums.count(measure));
    }
  }

  /** Asks the network for proposals. */
  abstract Function<LoopSample, P> proposer(CompanionNetwork network);

  /** A value for each measure. */
  abstract double[] values(LoopSample sample, P proposal);

  /** How many copies of a sample an epoch has: what is rare is seen more often. */
  abstract double copies(LoopSample sample);

  /** What a sample teaches. */
  abstract Example example(String program, LoopSample sample);

  /** Column names of the table by program, and a row of it. */
  abstract String[] columns();

  abstract Object[] row(String name, Score score);

  /** Adds the tables of classes, and the limits. */
  abstract void complete(Score all, CompanionCard card);

  /** All classes, in order. */
  final List<C> classes() {
    return classes;
  }

  /** A value for a share, if it applies. */
  static double where(boolean applies, boolean right) {
    return applies ? (right ? 1 : 0) : Double.NaN;
  }

  @Override
  public final Recorded recorded() {
    return Recorded.LOOPS;
  }

  @Override
  public final int epochs() {
    return 9;
  }

  @Override
  public final String samples() {
    return "loops";
  }

  @Override
  public final List<LoopSample> read(Path file) {
    return LoopSample.read(file);
  }

  @Override
  public final void write(Path file, List<LoopSample> samples) {
    LoopSample.write(file, samples);
  }

  @Override
  public final long group(LoopSample sample) {
    int[] body = Arrays.copyOfRange(sample.words(), sample.begin(), LoopSample.WORDS);
    long hash = body.length;
    for (int word : body) {
      hash = new SplitMix(hash ^ word).next();
    }
    return hash;
  }

  @Override
  public final Stream<Example> examples(
      String program, LoopSample sample, Optional<SplitMix> random) {
    return Renaming.copies(sample, random, copies(sample)).map(each -> example(program, each));
  }

  @Override
  public final Function<LoopSample, List<double[]>> judge(CompanionNetwork network) {
    Function<LoopSample, P> proposer = proposer(network);
    return sample -> List.of(values(sample, proposer.apply(sample)));
  }

  @Override
  public final void measure(
      CompanionNetwork network, Path data, List<Program> heldOut, CompanionCard card) {
    Function<LoopSample, P> proposer = proposer(network);
    Map<String, Score> scores = new LinkedHashMap<>();
    Score all = score();
    for (Program program : heldOut) {
      Score score = scores.computeIfAbsent(program.name(), name -> score());
      for (LoopSample sample : read(file(data, program))) {
        P proposal = proposer.apply(sample);
        double[] values = values(sample, proposal);
        for (Score each : List.of(score, all)) {
          each.sums.add(values);
          each.classes[labelled.apply(sample).ordinal()][proposed.apply(proposal).ordinal()]++;
        }
      }
    }
    card.table("heldOut", columns());
    scores.forEach((name, score) -> card.row(row(name, score)));
    card.row(row("all", all));
    complete(all, card);
  }

  private Score score() {
    return new Score(new MeasureSums(measures().size()), new int[classes.size()][classes.size()]);
  }
}
