package dev.axon64.weights.companion;

import dev.axon64.codegen.support.InputException;
import dev.axon64.runtime.companion.CompanionNetwork;
import dev.axon64.weights.data.SplitMix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one of the networks learns, and how good it is at it. */
sealed interface CompanionTask permits LoopTask, PatternTask, OracleTask {
  /** Samples that stand beside the card. */
  int SAMPLES = 150;

  /** Which network. */
  CompanionNetwork.Shape shape();

  /** Epochs at most: those of the shipped weights. */
  int epochs();

  /** What is learnt where. */
  List<Head> heads();

  /**
   * What a program gives to learn from.
   *
   * @param data where the recordings are
   * @param random varies half of it, if given
   */
  List<Example> examples(Path data, Program program, Optional<SplitMix> random);

  /** Measures a network on the programs that were held out, and says so in its card. */
  void measure(CompanionNetwork network, Path data, List<Program> heldOut, CompanionCard card);

  /**
   * Writes a few samples of the programs that were held out, and into the card how many of them the
   * network gets right: what a test can check without the programs.
   *
   * @param file takes the samples
   */
  void sample(
      CompanionNetwork network, Path data, List<Program> heldOut, Path file, CompanionCard card);

  /** Every so many of a list, so that about {@link #SAMPLES} are left. */
  static <T> List<T> few(List<T> all) {
    int step = Math.max(1, all.size() / SAMPLES);
    List<T> few = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      few.add(all.get(i));
    }
    return few;
  }

  /** The task of a network. */
  static CompanionTask of(String model) {
    return switch (model) {
      case "loop-detector" -> new LoopTask();
      case "pattern-recognizer" -> new PatternTask();
      case "memory-oracle" -> new OracleTask();
      default ->
          throw new InputException(
              "--model " + model, "is none of loop-detector, pattern-recognizer, memory-oracle");
    };
  }
}
