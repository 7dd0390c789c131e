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
 * Applies hot loops in one step where a network proposes what they are and the proposal is proven.
 * Networks and proofs work in the background while the guest goes on, and begin only when a loop
 * has taken so long that they may pay; decisions are kept for each loop as long as its code stays
 * what it is. Serves one thread.
 */
public final class Accelerator implements HotLoops {
  /** What networks may propose. */
  public enum Network {
    /** Loops that only count or fill. */
    LOOPS,
    /** Bulk operations on data. */
    PATTERNS
  }

  /** Times that a loop which allowed nothing is passed by before it is tried again. */
  private static final int LONGEST_PATIENCE = 1 << 12;

  static final int SHORTEST_PATIENCE = 4;

  /** How often a loop leads back while its verdict is awaited. */
  private static final int AWAITING = 128;

  /** Time spent on applying, after which it must have paid. */
  private static final long PERIOD_NANOS = 50_000_000;

  /** Periods without profit, one after the other: the first may be lost to a cold start. */
  private static final int MOST_LOSSES = 20;

  /** Loops that may stand at one place, one after the other or in several guests. */
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

  /** Instructions that loops have executed of which something could be proven. */
  private long readable;

  private int patience;

  /**
   * An accelerator.
   *
   * @param networks which may propose
   * @param meanings of instructions; read in the background
   * @param proposer the networks; made and asked in the background. Null to try every loop unasked,
   *     which tests of the proofs do
   * @param background runs what the guest need not wait for, one after the other
   * @param profile counts instructions that are applied; null if they need not be counted
   * @param heat when to begin
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

  /** The fastest pace of executing so far, nanoseconds for an instruction. */
  public double fastest() {
    return pace.fastest();
  }

  /** What came of each network's proposals. */
  public Map<Network, Tally> tallies() {
    return tallies;
  }

  /**
   * Loops that nobody was asked about, since nothing could be proven of them: how many, and why.
   */
  public Map<String, Long> unread() {
    return unread;
  }

  @Override
  public int patience() {
    return patience;
  }

  @Override
  public long hot(CpuState cpu, long branch, long budget, long executed) {
    pace.executed(executed);
    Site site = site(cpu, new Place(branch, cpu.pc));
    site.heatUp(executed);
    patience = 0;
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

  /** Takes one step towards a loop that can be applied; how long to wait for the next, or 0. */
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

  /** What is known of a loop as it stands in memory now. */
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

  /** Switches a network off that costs more than it brings, period after period. */
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
