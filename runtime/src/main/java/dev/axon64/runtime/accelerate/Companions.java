package dev.axon64.runtime.accelerate;

import dev.axon64.runtime.accelerate.Accelerator.Network;
import dev.axon64.runtime.companion.CompanionFolder;
import dev.axon64.runtime.companion.CompanionNetwork.Shape;
import dev.axon64.runtime.companion.LoopDetector;
import dev.axon64.runtime.companion.LoopProposal;
import dev.axon64.runtime.companion.PatternProposal;
import dev.axon64.runtime.companion.PatternRecognizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The loop detector and the pattern recognizer. Serves one thread. */
public final class Companions implements Proposer {
  private final Optional<LoopDetector> detector;
  private final Optional<PatternRecognizer> recognizer;

  /**
   * Loads the networks with the shipped weights.
   *
   * @param networks those that will be asked
   * @throws dev.axon64.codegen.support.InputException if their weights are not there
   */
  public Companions(Set<Network> networks) {
    this(networks, CompanionFolder.shipped());
  }

  /**
   * Loads the networks.
   *
   * @param networks those that will be asked
   * @param weights where from
   * @throws dev.axon64.codegen.support.InputException if weights are not there or do not fit
   */
  public Companions(Set<Network> networks, CompanionFolder weights) {
    detector =
        networks.contains(Network.LOOPS)
            ? Optional.of(new LoopDetector(weights.network(Shape.LOOP_DETECTOR)))
            : Optional.empty();
    recognizer =
        networks.contains(Network.PATTERNS)
            ? Optional.of(new PatternRecognizer(weights.network(Shape.PATTERN_RECOGNIZER)))
            : Optional.empty();
  }

  @Override
  public List<LoopProposal> loops(int[] words, long[] registers, double odds) {
    int[] last = Arrays.copyOfRange(words, words.length - LoopDetector.WINDOW, words.length);
    return detector.map(network -> network.alternatives(last, registers, odds)).orElse(List.of());
  }

  @Override
  public List<PatternProposal> patterns(int[] words, long[] registers, double odds) {
    return recognizer
        .map(network -> network.alternatives(words, registers, odds))
        .orElse(List.of());
  }
}
