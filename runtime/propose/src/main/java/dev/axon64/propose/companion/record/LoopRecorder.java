package dev.axon64.propose.companion.record;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the loops of one program: how each looked early on, what the checker found it to be, and
 * how often it was gone round from then on. Each branch back gives a few samples, of visits further
 * and further apart.
 */
public final class LoopRecorder implements StepObserver {
  /** Branches back that make a loop worth a sample. */
  private static final int LEAST = 4;

  /** Instructions of a body that is looked at. */
  private static final int MOST_BODY = 64;

  private static final int MOST_SAMPLES = 6;
  private static final int MOST_DEPTH = 6;

  private static final class Site {
    private int visits;
    private int samples;

    /** Whether the next visit gives a sample: the first, second, third, fifth, ninth and so on. */
    boolean wanted() {
      return samples < MOST_SAMPLES && Integer.bitCount(visits) <= 1;
    }
  }

  private final Meanings meanings = Meanings.a64();
  private final Jumps jumps = new Jumps(meanings);
  private final List<LoopSample> samples = new ArrayList<>();
  private final Map<Long, Site> sites = new LinkedHashMap<>();
  private final List<LoopVisit> open = new ArrayList<>();
  private AddressSpace memory;
  private long before;

  /** What was recorded so far. */
  public List<LoopSample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public boolean before(CpuState cpu, int word, int kernel) {
    if (cpu.memory != memory) {
      open.clear();
      memory = cpu.memory;
    }
    long pc = cpu.pc;
    for (int i = open.size() - 1; i >= 0; i--) {
      LoopVisit visit = open.get(i);
      if (!visit.holds(pc)) {
        open.remove(i);
        end(visit, before == visit.branch && pc == visit.branch + 4);
      }
    }
    before = pc;
    return true;
  }

  @Override
  public void after(CpuState cpu, long at, int word, int kernel) {
    long to = cpu.pc;
    if (to > at || at - to >= 4L * MOST_BODY || !jumps.contain(word)) {
      return;
    }
    LoopVisit visit = null;
    for (LoopVisit each : open) {
      visit = each.branch == at ? each : visit;
    }
    if (visit == null || visit.head != to) {
      open.remove(visit);
      if (open.size() == MOST_DEPTH) {
        return;
      }
      Site site = sites.computeIfAbsent(at, key -> new Site());
      visit = new LoopVisit(to, at, 2 + site.visits * 5 % 7, site.wanted());
      open.add(visit);
    }
    visit.again(meanings, cpu);
  }

  private void end(LoopVisit visit, boolean natural) {
    if (visit.taken() < LEAST) {
      return;
    }
    Site site = sites.get(visit.branch);
    site.visits++;
    if (visit.wanted()) {
      site.samples++;
      samples.add(LoopSample.of(words(visit.branch), visit, natural));
    }
  }

  private int[] words(long branch) {
    int[] words = new int[LoopSample.WORDS];
    for (int i = 0; i < words.length; i++) {
      long address = branch - 4L * (words.length - 1 - i);
      boolean there = memory.accessible(address, 4, AddressSpace.READ) == 4;
      words[i] = there ? (int) memory.load32(address) : 0;
    }
    return words;
  }
}
