package dev.axon64.machine.engine;

import dev.axon64.machine.memory.PhysicalMemory;
import java.util.Arrays;

/**
 * A page of physical memory as code, with the kernel that the network chose for each word. When the
 * page is written, its steps are marked stale, and the words that changed are decided again when
 * one of them is executed.
 */
final class PhysicalCode {
  /** The step of a word that may have changed; no kernel has it. */
  static final int STALE = -1;

  /** The physical address. */
  final long place;

  /** The address that the network was told. */
  private final long address;

  final int[] words;

  /** What is executed, see {@link CodePage#steps}. */
  final int[] steps;

  private final int[] decided;

  PhysicalCode(long place, long address, int[] words, int[] decided) {
    this.place = place;
    this.address = address;
    this.words = words;
    this.decided = decided.clone(); // what it came from is shared
    this.steps = decided.clone();
  }

  /** Whether these are the network's answers at this address. */
  boolean isFor(long at) {
    return address == at;
  }

  /** Its page is about to be written. */
  void stale() {
    Arrays.fill(steps, STALE);
  }

  /** Reads the page again, and lets the network decide what changed. */
  void refresh(PhysicalMemory memory, PageDecisions decisions) {
    int[] now = memory.words(place);
    for (int i = 0; i < now.length; i++) {
      if (now[i] != words[i]) {
        words[i] = now[i];
        decided[i] = decisions.step(address + 4L * i, now[i]);
      }
    }
    System.arraycopy(decided, 0, steps, 0, steps.length);
  }
}
