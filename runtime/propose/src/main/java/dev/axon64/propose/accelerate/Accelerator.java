package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.engine.HotLoops;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Applies many iterations of a hot loop in one step, if a network proposes what the loop is and the
 * proposal is proven. Networks and proofs run in the background while the guest goes on. They start
 * only when a loop has taken so long that they may pay. A decision about a loop is kept for as long
 * as the loop's code does not change. Serves one thread.
 */
public final class Accelerator implements HotLoops {
  /** What networks may propose. */
  public enum Network {
    /** Loops that only count or fill. */
    LOOPS,
    /** Bulk operations on data. */
    PATTERNS
  }

  /** How often a loop is passed by at most, after attempts that applied nothing. */
  private static final int LONGEST_PATIENCE = 1 << 12;

  static final int SHORTEST_PATIENCE = 4;

  /** How many iterations pass between two looks at whether a verdict has arrived. */
  private static final int AWAITING = 128;

  /** The time spent on applying loops after which the gain is compared with it. */
  private static final long PERIOD_NANOS = 50_000_000;

  /** Periods in a row without gain that are allowed; a cold start costs the first ones. */
  private static final int MOST_LOSSES = 20;

  /** How many versions of the code at one place are remembered. */
  private static final int MOST_VERSIONS = 16;

  private record Place(long branch, long head) {}

  private final Map<Network, Tally> tallies = new EnumMap<>(Network.class);
  private final Map<String, Long> unread = new TreeMap<>();
  private final Checker checker;
  private final Executor background;
  private final Profile profile;
  private final Heat heat;
  private final Map<Place, List<Site>> sites = new HashMap<>();
  private final Pace pace = new Pace();
  private boolean hasRead;
  private boolean hasAsked;

  /** Instructions executed by all loops that could be read. */
  private long readable;

  private int patience;

  /** See {@link #closely()}, of the branch that was last told of. */
  private long closely;

  /**
   * Creates an accelerator that has read no loop yet.
   *
   * @param networks the networks that may propose
   * @param meanings gives the meanings of instructions; called in the background
   * @param proposer makes the networks; called, and the networks asked, in the background. Null to
   *     try every loop without asking, as tests of the proofs do
   * @param background runs one task after the other, beside the guest
   * @param profile counts the instructions that are applied; null to count none
   * @param heat how hot a loop must be before something is done about it
   */
  public Accelerator(
      Set<Network> networks,
      Supplier<Meanings> meanings,
      Supplier<? extends Proposer> proposer,
      Executor background,
      Profile profile,
      Heat heat) {
    networks.forEach(network -> tallies.put(network, new Tally()));
    this.checker = new Checker(networks, meanings, proposer, heat.instructions());
    this.background = background;
    this.profile = profile;
    this.heat = heat;
  }

  /** The fastest pace of executing so far, in nanoseconds per instruction. */
  public double fastest() {
    return pace.fastest();
  }

  /** The results of each network's proposals. */
  public Map<Network, Tally> tallies() {
    return tallies;
  }

  /**
   * The loops that no network was asked about, because nothing could be proven of them: their
   * number by reason.
   */
  public Map<String, Long> unread() {
    return unread;
  }

  @Override
  public int patience() {
    return patience;
  }

  @Override
  public long closely() {
    return closely;
  }

  @Override
  public long beginning() {
    return heat.beginning();
  }

  @Override
  public long hot(CpuState cpu, long branch, long budget, long executed, long sampled) {
    pace.executed(executed);
    Site site = site(cpu, new Place(branch, cpu.pc));
    site.heatUp(executed, sampled);
    patience = 0;
    closely = 0;
    while (patience == 0 && site.loop == null) {
      patience = prepare(site, cpu);
    }
    long applied = 0;
    if (patience == 0 && !site.tally.off.isEmpty()) {
      patience = NEVER;
    } else if (patience == 0) {
      applied = apply(site, cpu, budget);
    }
    site.rest = patience;
    return applied;
  }

  /**
   * Takes one step towards a loop that can be applied.
   *
   * @return how many iterations to wait before the next step, or 0
   */
  private int prepare(Site site, CpuState cpu) {
    if (site.awaited != null) {
      return site.awaited.isDone() ? take(site) : AWAITING;
    }
    if (site.chances == 0) {
      return NEVER;
    }
    if (site.reading != null) {
      if (!site.reading.isDone()) {
        return AWAITING;
      }
      Checker.Reading reading = joined(site.reading);
      if (reading.loop() == null) {
        site.chances = 0;
        unread.merge(reading.refusal(), 1L, Long::sum);
        return NEVER;
      }
      readable += site.fresh();
    }
    int wait = site.cold(heat, hasRead, hasAsked, readable);
    if (wait > 0) {
      return wait;
    }
    long head = cpu.pc;
    if (site.reading == null) {
      hasRead = true;
      site.reading = CompletableFuture.supplyAsync(() -> checker.read(site.code, head), background);
      return 0;
    }
    Loop loop = joined(site.reading).loop();
    if (heat.iterations() > 0) {
      wait = site.brief(heat.iterations(), loop.iteration.length());
      if (wait > 0) {
        closely = site.isLookedAt() ? 2L * wait * loop.iteration.length() : 0;
        return wait;
      }
    }
    hasAsked = true;
    CpuState then = cpu.copy();
    double odds = site.odds();
    site.awaited =
        CompletableFuture.supplyAsync(
            () -> checker.decide(loop, site.code, then, odds), background);
    return 0;
  }

  /** Finds what is known of a loop with the code that is in memory now. */
  private Site site(CpuState cpu, Place place) {
    List<Site> versions = sites.computeIfAbsent(place, p -> new ArrayList<>());
    for (Site site : versions) {
      if (site.code.holds(cpu.memory, place.head)) {
        return site;
      }
    }
    if (versions.size() == MOST_VERSIONS) {
      versions.clear();
    }
    Site site = new Site(Code.at(cpu.memory, place.branch), place.head);
    versions.add(site);
    return site;
  }

  private int take(Site site) {
    Verdict verdict = joined(site.awaited);
    site.awaited = null;
    verdict.networkNanos().forEach((network, nanos) -> tallies.get(network).networkNanos += nanos);
    verdict
        .answers()
        .forEach(
            (network, answer) -> {
              Tally tally = tallies.get(network);
              tally.proposed++;
              tally.proofNanos += verdict.proofNanos() / verdict.answers().size();
              if (answer.isEmpty()) {
                tally.proven++;
              } else {
                tally.refuse(answer);
              }
            });
    if (verdict.loop() != null || !verdict.open()) {
      site.chances = 0;
    }
    if (!verdict.open() && verdict.answers().isEmpty()) {
      unread.merge("nothing that networks have a name for", 1L, Long::sum);
    }
    site.loop = verdict.loop();
    site.tally = tallies.get(verdict.owner());
    return 0;
  }

  private static <T> T joined(CompletableFuture<T> awaited) {
    try {
      return awaited.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private long apply(Site site, CpuState cpu, long budget) {
    long start = System.nanoTime();
    LoopRun loop = site.loop;
    int length = loop.iteration().length();
    long n = loop.apply(cpu, budget / length);
    Tally tally = site.tally;
    long nanos = System.nanoTime() - start;
    pace.paused(nanos);
    tally.applyNanos += nanos;
    site.attempted(nanos, n * length, pace.nanosEach());
    if (n == 0) {
      judge(tally);
      site.backoff = Math.min(LONGEST_PATIENCE, 2 * site.backoff);
      patience = site.backoff;
      return 0;
    }
    site.backoff = SHORTEST_PATIENCE;
    patience = SHORTEST_PATIENCE;
    tally.applied++;
    tally.skipped += n * length;
    judge(tally);
    if (profile != null) {
      profile.applied(loop.iteration().words(), n);
    }
    return n * length;
  }

  /** Switches a network off after too many periods in which it cost more time than it saved. */
  private void judge(Tally tally) {
    long cost = tally.applyNanos - tally.judgedNanos;
    if (cost > PERIOD_NANOS) {
      double brought = (tally.skipped - tally.judgedSkipped) * pace.nanosEach();
      tally.losses = brought < cost ? tally.losses + 1 : 0;
      tally.judgedNanos = tally.applyNanos;
      tally.judgedSkipped = tally.skipped;
      if (tally.losses == MOST_LOSSES) {
        tally.off = "cost more time than it brought";
      }
    }
  }
}
