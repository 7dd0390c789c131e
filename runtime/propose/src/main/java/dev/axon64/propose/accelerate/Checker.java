package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.Accelerator.Network;
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.PatternProposal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads loops, asks the networks what they are, and proves or refuses the answers. Serves one
 * thread.
 */
final class Checker {
  /**
   * The result of reading a loop.
   *
   * @param loop null if nothing could be proven of it, whatever is proposed
   * @param refusal the reason if {@code loop} is null, else empty
   */
  record Reading(Loop loop, String refusal) {}

  private final Set<Network> networks;
  private final Supplier<Meanings> sources;
  private final Supplier<? extends Proposer> proposers;
  private final int fewest;
  private Meanings meanings;
  private Proposer proposer;

  /**
   * @param networks the networks that may propose
   * @param sources gives the meanings of instructions; called with the first loop
   * @param proposers makes the networks when they are first asked; null to accept every loop
   *     without asking, for tests
   * @param fewest the fewest instructions to apply at once
   */
  Checker(
      Set<Network> networks,
      Supplier<Meanings> sources,
      Supplier<? extends Proposer> proposers,
      int fewest) {
    this.networks = networks;
    this.fewest = fewest;
    this.sources = sources;
    this.proposers = proposers;
  }

  /** Reads a loop. Networks need not be asked about a loop that cannot be read. */
  Reading read(Code code, long head) {
    if (meanings == null) {
      meanings = sources.get();
    }
    try {
      return new Reading(new Loop(LoopReader.read(meanings, code, head)), "");
    } catch (Refusal refusal) {
      return new Reading(null, refusal.getMessage());
    }
  }

  /**
   * Decides about a loop. A network is not asked if none of its answers could be right.
   *
   * @param registers at its head, by {@link Slots}
   * @param odds how unlikely guesses may be, see {@link Proposer#loops}
   */
  Verdict decide(Loop loop, Code code, CpuState registers, double odds) {
    Map<Network, Long> times = new EnumMap<>(Network.class);
    Map<Network, String> answers = new EnumMap<>(Network.class);
    LoopFacts facts = LoopFacts.of(loop, registers);
    Set<Network> asked = facts.nameable();
    asked.retainAll(networks);
    List<LoopProposal> loops = List.of();
    List<PatternProposal> patterns = List.of();
    if (proposers != null && asked.isEmpty()) {
      return new Verdict(Map.of(), null, false, Map.of(), 0);
    }
    if (proposers != null) {
      proposer = proposer == null ? proposers.get() : proposer;
      int[] words = code.window(Proposer.WINDOW);
      long[] file = new long[Slots.GENERAL];
      for (int i = 0; i < file.length; i++) {
        file[i] = registers.get(i);
      }
      if (asked.contains(Network.LOOPS)) {
        loops = timed(Network.LOOPS, times, () -> proposer.loops(words, file, odds));
      }
      if (asked.contains(Network.PATTERNS)) {
        patterns = timed(Network.PATTERNS, times, () -> proposer.patterns(words, file, odds));
      }
    }
    long start = System.nanoTime();
    if (proposers == null) {
      answers.put(Network.LOOPS, "");
    } else {
      answer(Network.LOOPS, loops, facts::objection, answers);
      answer(Network.PATTERNS, patterns, facts::objection, answers);
    }
    LoopRun run = null;
    boolean open = true;
    try {
      run = answers.containsValue("") ? new LoopRun(loop, fewest) : null;
    } catch (Refusal refusal) {
      open = false;
      answers.replaceAll((network, answer) -> answer.isEmpty() ? refusal.getMessage() : answer);
    }
    return new Verdict(answers, run, open, times, System.nanoTime() - start);
  }

  /** Answers with empty text if one of the guesses holds, else with why the first does not. */
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

  private static <T> List<T> timed(
      Network network, Map<Network, Long> times, Supplier<List<T>> question) {
    long start = System.nanoTime();
    List<T> answer = question.get();
    times.put(network, System.nanoTime() - start);
    return answer;
  }
}
