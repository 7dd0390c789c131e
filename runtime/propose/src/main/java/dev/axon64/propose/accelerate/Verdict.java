package dev.axon64.propose.accelerate;

import dev.axon64.propose.accelerate.Accelerator.Network;
import java.util.Map;

/**
 * What the networks proposed for a loop, and what the checker made of it.
 *
 * @param answers what became of each proposal: why it was refused, or nothing if it was proven
 * @param loop the loop, for whoever applies it; null if nothing was proven
 * @param open whether another guess might be proven
 * @param networkNanos time for each network's answer
 * @param proofNanos time for the proof
 */
record Verdict(
    Map<Network, String> answers,
    LoopRun loop,
    boolean open,
    Map<Network, Long> networkNanos,
    long proofNanos) {
  /** The network whose proposal is used; null if none was proven. */
  Network owner() {
    for (Map.Entry<Network, String> answer : answers.entrySet()) {
      if (answer.getValue().isEmpty()) {
        return answer.getKey();
      }
    }
    return null;
  }
}
