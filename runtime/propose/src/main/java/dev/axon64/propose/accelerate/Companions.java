package dev.axon64.propose.accelerate;

import dev.axon64.propose.accelerate.Accelerator.Network;
import dev.axon64.propose.companion.CompanionFolder;
import dev.axon64.propose.companion.CompanionNetwork.Shape;
import dev.axon64.propose.companion.LoopDetector;
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.PatternProposal;
import dev.axon64.propose.companion.PatternRecognizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The loop detector and the pattern recognizer. Serves one thread. */
public final class Companions implements Proposer {
  private final CompanionFolder weights;
  private LoopDetector detector;
  private PatternRecognizer recognizer;

  /**
   * Loads each network when it is first asked.
   *
   * @param weights holds the networks' weights
   */
  public Companions(CompanionFolder weights) {
    this.weights = weights;
  }

  /**
   * Loads networks now.
   *
   * @param networks the networks that will be asked
   * @return this
   * @throws dev.axon64.codegen.support.InputException if weights are missing or do not fit
   */
  public Companions load(Set<Network> networks) {
    if (networks.contains(Network.LOOPS)) {
      detector();
    }
    if (networks.contains(Network.PATTERNS)) {
      recognizer();
    }
    return this;
  }

  private LoopDetector detector() {
    if (detector == null) {
      detector = new LoopDetector(weights.network(Shape.LOOP_DETECTOR));
    }
    return detector;
  }

  private PatternRecognizer recognizer() {
    if (recognizer == null) {
      recognizer = new PatternRecognizer(weights.network(Shape.PATTERN_RECOGNIZER));
    }
    return recognizer;
  }

  @Override
  public List<LoopProposal> loops(int[] words, long[] registers, double odds) {
    int[] last = Arrays.copyOfRange(words, words.length - LoopDetector.WINDOW, words.length);
    return detector().alternatives(last, registers, odds);
  }

  @Override
  public List<PatternProposal> patterns(int[] words, long[] registers, double odds) {
    return recognizer().alternatives(words, registers, odds);
  }
}
