package dev.axon64.weights.companion;

import dev.axon64.codegen.support.InputException;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.finetune.Measure;
import dev.axon64.weights.finetune.MeasureSums;
import dev.axon64.weights.finetune.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one of the networks learns, and how good it is at it.
 *
 * @param <S> a recorded sample
 */
sealed interface CompanionTask<S> permits LoopRecordings, OracleTask {
  /** Samples that stand beside the card. */
  int SAMPLES = 150;

  /**
   * A fact in the card.
   *
   * @param name its name there
   * @param measure whose sum it is
   */
  record Fact(String name, int measure) {}

  /** Which network. */
  CompanionNetwork.Shape shape();

  /** What it learns from. */
  Recorded recorded();

  /** What its samples are, in the plural. */
  String samples();

  /** Epochs at most: those of the shipped weights. */
  int epochs();

  /** What is learnt where. */
  List<Head> heads();

  /** Reads a recording. */
  List<S> read(Path file);

  /** Writes what {@link #read} reads. */
  void write(Path file, List<S> samples);

  /** Samples of equal groups show the same code: they are not independent of each other. */
  long group(S sample);

  /**
   * What a sample gives to learn from.
   *
   * @param random varies it, if given
   */
  Stream<Example> examples(String program, S sample, Optional<SplitMix> random);

  /** What is measured; the first measure tells whether an answer is right, and always applies. */
  List<Measure> measures();

  /** Measures a network's answers about a sample: an array of values for each. For one thread. */
  Function<S, List<double[]>> judge(CompanionNetwork network);

  /** Measures a network on the programs that were held out, and says so in its card. */
  void measure(CompanionNetwork network, Path data, List<Program> heldOut, CompanionCard card);

  /** What the card says about the few samples beside it. */
  List<Fact> sampled();

  /** The recording of a program. */
  default Path file(Path data, Program program) {
    return Recording.file(data, program, recorded());
  }

  /** What a program gives to learn from. */
  default List<Example> examples(Path data, Program program, Optional<SplitMix> random) {
    return read(file(data, program)).stream()
        .flatMap(sample -> examples(program.name(), sample, random))
        .toList();
  }

  /**
   * Writes a few samples of the programs that were held out, and into the card how many of them the
   * network gets right: what a test can check without the programs.
   *
   * @param file takes the samples
   */
  default void sample(
      CompanionNetwork network, Path data, List<Program> heldOut, Path file, CompanionCard card) {
    List<S> few =
        few(
            heldOut.stream().flatMap(program -> read(file(data, program)).stream()).toList(),
            SAMPLES);
    MeasureSums sums = new MeasureSums(measures().size());
    Function<S, List<double[]>> judge = judge(network);
    few.forEach(sample -> judge.apply(sample).forEach(sums::add));
    write(file, few);
    card.value("sample", few.size());
    sampled().forEach(fact -> card.value(fact.name(), (int) sums.sum(fact.measure())));
  }

  /** Every so many of a list, so that about {@code most} are left. */
  static <T> List<T> few(List<T> all, int most) {
    int step = Math.max(1, all.size() / most);
    List<T> few = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      few.add(all.get(i));
    }
    return few;
  }

  /** The task of a network. */
  static CompanionTask<?> of(String model) {
    return switch (model) {
      case "loop-detector" -> new LoopTask();
      case "pattern-recognizer" -> new PatternTask();
      case "memory-oracle" -> new OracleTask();
      default ->
          throw new InputException(
              "model " + model, "is none of loop-detector, pattern-recognizer, memory-oracle");
    };
  }
}
