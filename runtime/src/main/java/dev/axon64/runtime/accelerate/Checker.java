package dev.axon64.runtime.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.runtime.accelerate.Accelerator.Network;
import dev.axon64.runtime.companion.LoopProposal;
import dev.axon64.runtime.companion.PatternProposal;
import dev.axon64.runtime.cpu.CpuState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
   * @param odds how unlikely guesses may be, see {@link Proposer#loops}
   */
  Verdict decide(Code code, long head, CpuState registers, double odds) {
    Map<Network, Long> times = new EnumMap<>(Network.class);
    List<LoopProposal> loops = List.of();
    List<PatternProposal> patterns = List.of();
    if (proposer != null) {
      int[] words = code.window(Proposer.WINDOW);
      long[] file = new long[Slots.V];
      for (int i = 0; i < file.length; i++) {
        file[i] = Slots.get(registers, i);
      }
      loops = timed(Network.LOOPS, times, () -> proposer.loops(words, file, odds));
      patterns = timed(Network.PATTERNS, times, () -> proposer.patterns(words, file, odds));
      if (loops.isEmpty() && patterns.isEmpty()) {
        return new Verdict(Map.of(), null, true, times, 0);
      }
    }
    Map<Network, String> answers = new EnumMap<>(Network.class);
    long start = System.nanoTime();
    LoopRun run = null;
    boolean open = true;
    try {
      Loop read = new Loop(LoopReader.read(meanings, code, head));
      if (proposer == null) {
        answers.put(Network.LOOPS, "");
      } else {
        LoopFacts facts = LoopFacts.of(read, registers);
        answer(Network.LOOPS, loops, facts::objection, answers);
        answer(Network.PATTERNS, patterns, facts::objection, answers);
      }
      run = answers.containsValue("") ? new LoopRun(read) : null;
    } catch (Refusal refusal) {
      open = false;
      if (proposer == null) {
        answers.put(Network.LOOPS, refusal.getMessage());
      }
      Optional<String> why = Optional.of(refusal.getMessage());
      answer(Network.LOOPS, loops, guess -> why, answers);
      answer(Network.PATTERNS, patterns, guess -> why, answers);
    }
    return new Verdict(answers, run, open, times, System.nanoTime() - start);
  }

  /** Nothing if one of the guesses holds, else why the first does not. */
  private static <T> void answer(
      Network network,
      List<T> guesses,
      Function<T, Optional<String>> objection,
      Map<Network, String> answers) {
    if (!guesses.isEmpty()) {
      boolean holds = guesses.stream().anyMatch(guess -> objection.apply(guess).isEmpty());
      answers.put(network, holds ? "" : objection.apply(guesses.getFirst()).orElseThrow());
    }
  }

  private <T> List<T> timed(Network network, Map<Network, Long> times, Supplier<List<T>> question) {
    if (!networks.contains(network)) {
      return List.of();
    }
    long start = System.nanoTime();
    List<T> answer = question.get();
    times.put(network, System.nanoTime() - start);
    return answer;
  }
}
