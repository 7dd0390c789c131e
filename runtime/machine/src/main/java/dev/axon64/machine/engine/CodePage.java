package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A page of code with the kernel that the network chose for each word, and the number that the
 * kernel gave the instruction.
 */
final class CodePage {
  /** The number of words in a page. */
  static final int WORDS = 1024;

  /** Stands for a step where a region may be entered; no step is negative. */
  static final int REGION = -1;

  final long address;
  final int[] words;

  /**
   * The kernel's number in the upper half of each int, and the instruction's in the lower, signed.
   */
  final int[] steps;

  private int[] marked;

  /** How often each word was executed; null if that is not counted. */
  final long[] executions;

  /**
   * How often each word must still lead back before it counts as hot; null if that is not counted.
   */
  final int[] patience;

  /** How often there was other code at its address, which was written or unmapped. */
  int changes;

  /** Whether memory still holds these words. */
  boolean valid = true;

  /**
   * The addresses that are in regions that have been made. Belongs to the thread that makes them.
   */
  final Map<Long, Regions.Covered> covered = new HashMap<>();

  /** Where its branches have led. */
  final Jumps jumps = new Jumps();

  /** The entries of the regions that were made of it, or of it and others. */
  final Set<RegionEntry> made = new HashSet<>();

  /** Which of its instructions are shown to {@link Probes}; null if nobody has asked. */
  boolean[] chosen;

  /** The version of the probes that chose them. */
  int chosenBy;

  private volatile Regions.Entries entries;

  CodePage(long address, int[] words, int[] steps, boolean counted, boolean watched) {
    this.address = address;
    this.words = words;
    this.steps = steps;
    this.marked = steps;
    this.executions = counted ? new long[WORDS] : null;
    this.patience = watched ? new int[WORDS] : null;
    if (watched) {
      Arrays.fill(patience, HotLoops.FIRST);
    }
  }

  /** Memory no longer holds these words. */
  void drop() {
    valid = false;
    made.forEach(entry -> entry.valid = false);
  }

  /** Which word of its page stands at an address. */
  static int index(long address) {
    return (int) address >>> 2 & WORDS - 1;
  }

  /** What is translated of it; for the thread that runs the guest. */
  Regions.Entries entries() {
    if (entries == null) {
      entries = new Regions.Entries();
    }
    return entries;
  }

  /** The steps, with {@link #REGION} where a region may be entered. */
  int[] markedSteps() {
    return marked;
  }

  /** Notes whether a region may be entered at a word. */
  void mark(int index, boolean region) {
    if (region && marked == steps) {
      marked = steps.clone(); // other pages with the same words have the same array
    }
    if (marked != steps) {
      marked[index] = region ? REGION : steps[index];
    }
  }

  /** How often branches have led to an address where no region was entered; any thread may ask. */
  int heat(long pc) {
    Regions.Entries known = entries;
    return known == null ? 0 : known.heat[index(pc)];
  }

  /**
   * What stops a guest whose instruction trapped. Its pc becomes that of the instruction, or the
   * one behind a system call, which counts as executed.
   */
  Stop stopped(CpuState cpu, long pc, GuestTrap trap) {
    int index = (int) (pc - address) >>> 2;
    Stop stop = Stop.of(trap, words[index], kernel(steps[index]));
    boolean completed = stop instanceof Stop.SystemCall;
    cpu.pc = completed ? pc + Integer.BYTES : pc;
    if (completed && executions != null) {
      executions[index]++;
    }
    return stop;
  }

  static int step(int kernel, int instruction) {
    return kernel << 16 | instruction & 0xffff;
  }

  static int kernel(int step) {
    return step >> 16;
  }

  static int instruction(int step) {
    return (short) step;
  }
}
