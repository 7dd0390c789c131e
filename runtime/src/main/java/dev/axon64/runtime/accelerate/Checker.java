package dev.axon64.runtime.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.runtime.accelerate.Accelerator.Network;
import dev.axon64.runtime.companion.LoopProposal;
import dev.axon64.runtime.companion.LoopType;
import dev.axon64.runtime.companion.PatternProposal;
import dev.axon64.runtime.cpu.CpuState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Asks the networks what a loop is, and proves or refuses what they say. Serves one thread. */
final class Checker {
  private final Set<Network> networks;
  private final Meanings meanings;
  private final Proposer proposer;

  /**
   * @param networks which may propose
   * @param proposer null: every loop is held to be what it is, for tests
   */
  Checker(Set<Network> networks, Meanings meanings, Proposer proposer) {
    this.networks = networks;
    this.meanings = meanings;
    this.proposer = proposer;
  }

  /**
   * Decides about a loop.
   *
   * @param registers at its head, by {@link Slots}
   */
  Verdict decide(Code code, long head, CpuState registers) {
    Map<Network, Long> times = new EnumMap<>(Network.class);
    Optional<LoopProposal> loop = Optional.empty();
    Optional<PatternProposal> pattern = Optional.empty();
    if (proposer != null) {
      int[] words = code.window(Proposer.WINDOW);
      long[] file = new long[Slots.V];
      for (int i = 0; i < file.length; i++) {
        file[i] = Slots.get(registers, i);
      }
      loop =
          timed(Network.LOOPS, times, () -> proposer.loop(words, file))
              .filter(proposal -> proposal.type() != LoopType.UNKNOWN);
      pattern =
          timed(Network.PATTERNS, times, () -> proposer.pattern(words, file))
              .filter(proposal -> proposal.kind() != PatternProposal.Kind.NONE);
    }
    Map<Network, String> answers = new EnumMap<>(Network.class);
    if (proposer != null && loop.isEmpty() && pattern.isEmpty()) {
      return new Verdict(answers, null, times, 0);
    }
    long start = System.nanoTime();
    LoopRun run = null;
    try {
      Loop read = new Loop(LoopReader.read(meanings, code, head));
      if (proposer == null) {
        answers.put(Network.LOOPS, "");
      } else {
        LoopFacts facts = LoopFacts.of(read, registers);
        loop.ifPresent(p -> answers.put(Network.LOOPS, facts.objection(p).orElse("")));
        pattern.ifPresent(p -> answers.put(Network.PATTERNS, facts.objection(p).orElse("")));
      }
      run = answers.containsValue("") ? new LoopRun(read) : null;
    } catch (Refusal refusal) {
      if (proposer == null || loop.isPresent()) {
        answers.put(Network.LOOPS, refusal.getMessage());
      }
      pattern.ifPresent(p -> answers.put(Network.PATTERNS, refusal.getMessage()));
    }
    return new Verdict(answers, run, times, System.nanoTime() - start);
  }

  private <T> Optional<T> timed(
      Network network, Map<Network, Long> times, Supplier<Optional<T>> question) {
    if (!networks.contains(network)) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    Optional<T> answer = question.get();
    times.put(network, System.nanoTime() - start);
    return answer;
  }
}
