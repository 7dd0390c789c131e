package dev.axon64.propose.accelerate;

import dev.axon64.propose.accelerate.Accelerator.Network;
import java.util.Map;

/**
 * The outcome of asking the networks about a loop and checking their answers.
 *
 * @param answers why each network's proposal was refused; empty text if it was proven
 * @param loop applies the loop; null if nothing was proven
 * @param open whether another guess could still be proven
 * @param networkNanos the time for each network's answer
 * @param proofNanos the time for the proof
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
