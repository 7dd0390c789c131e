package dev.axon64.runtime.accelerate;

import dev.axon64.runtime.companion.LoopDetector;
import dev.axon64.runtime.companion.LoopProposal;
import dev.axon64.runtime.companion.PatternProposal;
import dev.axon64.runtime.companion.PatternRecognizer;
import java.util.Arrays;
import java.util.Optional;

/** The shipped loop detector and pattern recognizer. Serves one thread. */
public final class Companions implements Proposer {
  private final LoopDetector detector = LoopDetector.shipped();
  private final PatternRecognizer recognizer = PatternRecognizer.shipped();

  @Override
  public Optional<LoopProposal> loop(int[] words, long[] registers) {
    int[] last = Arrays.copyOfRange(words, words.length - LoopDetector.WINDOW, words.length);
    return Optional.of(detector.propose(last, registers));
  }

  @Override
  public Optional<PatternProposal> pattern(int[] words, long[] registers) {
    return Optional.of(recognizer.propose(words, registers));
  }
}
