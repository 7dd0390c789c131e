package dev.axon64.propose.accelerate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import java.util.Arrays;

/**
 * A branch and the instructions before it, as they were in memory at one time.
 *
 * @param branch the address of the branch, which is the last instruction
 * @param words the instructions; 0 where nothing could be read
 */
record Code(long branch, int[] words) {
  /** The number of instructions that are kept, which is that of the longest loop. */
  static final int LONGEST = 64;

  static Code at(AddressSpace memory, long branch) {
    int[] words = new int[LONGEST];
    for (int i = 0; i < LONGEST; i++) {
      words[i] = read(memory, branch + 4L * (i + 1 - LONGEST));
    }
    return new Code(branch, words);
  }

  private static int read(AddressSpace memory, long address) {
    try {
      return memory.fetch(address);
    } catch (MemoryFault fault) {
      return 0;
    }
  }

  /** The word at an address; 0 if the address is out of reach. */
  int word(long address) {
    long index = LONGEST - 1 - (branch - address) / 4;
    return index >= 0 && index < LONGEST ? words[(int) index] : 0;
  }

  /** The last so many words. */
  int[] window(int length) {
    return Arrays.copyOfRange(words, LONGEST - length, LONGEST);
  }

  /** Whether memory still holds these words, from an address up to the branch. */
  boolean holds(AddressSpace memory, long from) {
    for (long a = from; a <= branch; a += 4) {
      if (read(memory, a) != word(a)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a loop's head is near enough to be within these words. */
  boolean reaches(long head) {
    return head <= branch && branch - head < 4L * LONGEST;
  }
}
