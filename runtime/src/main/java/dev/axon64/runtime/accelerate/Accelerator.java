package dev.axon64.runtime.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.engine.HotLoops;
import dev.axon64.runtime.engine.Profile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Applies hot loops in one step where a network proposes what they are and the proposal is proven.
 * Networks and proofs work in the background while the guest goes on; decisions are kept for each
 * loop as long as its code stays what it is. Serves one thread.
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
  private static final int LONGEST_PATIENCE = 1 << 14;

  private static final int SHORTEST_PATIENCE = 4;

  /** How often a loop leads back while its verdict is awaited. */
  private static final int AWAITING = 128;

  /** Attempts at a loop after which they must have paid. */
  private static final int TRIALS = 256;

  /** Time spent on applying, after which it must have paid. */
  private static final long PERIOD_NANOS = 50_000_000;

  /** Periods without profit, one after the other: the first may be lost to a cold start. */
  private static final int MOST_LOSSES = 20;

  /**
   * How unlikely guesses about a loop may be, as a natural logarithm: about one to fifty at first,
   * then the more unlikely the hotter it is.
   */
  private static final double[] ODDS = {4, 8, 16};

  /** How often a loop leads back before less likely guesses about it are heard. */
  private static final int RECONSIDERED = 1 << 12;

  /** Loops that may stand at one place, one after the other or in several guests. */
  private static final int MOST_VERSIONS = 16;

  private record Place(long branch, long head) {}

  private static final class Site {
    final Code code;
    CompletableFuture<Verdict> awaited;
    LoopRun loop;
    Tally tally;
    int backoff = SHORTEST_PATIENCE;

    /** How often the networks may still be asked. */
    int chances;

    /** Attempts, the time they took, and the instructions they saved. */
    long attempts;

    long nanos;
    long skipped;

    Site(Code code, long head) {
      this.code = code;
      this.chances = code.reaches(head) ? ODDS.length : 0;
    }

    /** Gives a loop up that costs more than it saves: mostly one of few iterations. */
    void judge(double nanosEach) {
      if (skipped * nanosEach < nanos) {
        loop = null;
        tally.givenUp++;
      }
      attempts = 0;
      nanos = 0;
      skipped = 0;
    }
  }

  private final Map<Network, Tally> tallies = new EnumMap<>(Network.class);
  private final CompletableFuture<Checker> checker;
  private final Executor background;
  private final Profile profile;
  private final Map<Place, List<Site>> sites = new HashMap<>();
  private final Pace pace = new Pace();
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
   */
  public Accelerator(
      Set<Network> networks,
      Supplier<Meanings> meanings,
      Supplier<? extends Proposer> proposer,
      Executor background,
      Profile profile) {
    networks.forEach(network -> tallies.put(network, new Tally()));
    this.background = background;
    this.profile = profile;
    this.checker =
        CompletableFuture.supplyAsync(
            () -> new Checker(networks, meanings.get(), proposer == null ? null : proposer.get()),
            background);
  }

  /** The fastest pace of executing so far, nanoseconds for an instruction. */
  public double fastest() {
    return pace.fastest();
  }

  /** What came of each network's proposals. */
  public Map<Network, Tally> tallies() {
    return tallies;
  }

  @Override
  public int patience() {
    return patience;
  }

  @Override
  public long hot(CpuState cpu, long branch, long budget, long executed) {
    pace.executed(executed);
    Site site = site(cpu, new Place(branch, cpu.pc));
    if (site.awaited == null && site.loop == null && site.chances > 0) {
      ask(site, cpu);
    }
    if (site.awaited != null) {
      if (!site.awaited.isDone()) {
        patience = AWAITING;
        return 0;
      }
      take(site);
    }
    if (site.loop == null || !site.tally.off.isEmpty()) {
      patience = site.chances > 0 ? RECONSIDERED : NEVER;
      return 0;
    }
    return apply(site, cpu, budget);
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

  private void ask(Site site, CpuState cpu) {
    CpuState then = cpu.copy();
    long head = cpu.pc;
    double odds = ODDS[ODDS.length - site.chances--];
    site.awaited =
        checker.thenApplyAsync(decides -> decides.decide(site.code, head, then, odds), background);
  }

  private void take(Site site) {
    Verdict verdict = verdict(site.awaited);
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
    site.loop = verdict.loop();
    site.tally = tallies.get(verdict.owner());
  }

  private static Verdict verdict(CompletableFuture<Verdict> awaited) {
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
    site.nanos += nanos;
    site.skipped += n * length;
    if (++site.attempts == TRIALS) {
      site.judge(pace.nanosEach());
    }
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
