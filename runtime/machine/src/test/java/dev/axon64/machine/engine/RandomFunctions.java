package dev.axon64.machine.engine;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Random guests of functions on several pages that call each other, directly and by pointers, with
 * loops, jumps by tables, loads and stores, and instructions that they change. Registers 0 to 7
 * belong to random instructions, 9 to 15 to the code around them, 19 to 23 count rounds, 24 counts
 * how often functions may still call themselves.
 */
final class RandomFunctions {
  static final long CODE = 0x10000;
  static final int CODE_BYTES = 0x4000;
  static final long DATA = 0x20000;
  static final int DATA_BYTES = 0x2000;
  static final long STACK = 0x30000;
  static final int STACK_BYTES = 0x4000;

  private static final int SVC = 0xd4000001;
  private static final int RET = 0xd65f03c0;
  private static final int PUSH = 0xa9be7bfd; // stp x29, x30, [sp, #-32]!
  private static final int KEEP = 0xa90153f3; // stp x19, x20, [sp, #16]
  private static final int BRING = 0xa94153f3; // ldp x19, x20, [sp, #16]
  private static final int POP = 0xa8c27bfd; // ldp x29, x30, [sp], #32
  private static final int FRAME = 0x910003fd; // mov x29, sp
  private static final int MOST_FUNCTIONS = 6;
  private static final int MOST_ITEMS = 12;

  private static final List<Instruction> ALL = InstructionSpec.a64().instructions();

  private static final List<Instruction> PLAIN =
      ALL.stream()
          .filter(i -> !Set.of("BRANCH", "LOADSTORE", "SYSTEM").contains(i.kernel()))
          .toList();

  private final SplittableRandom random;
  private final WordSampler words;
  private final int[] code = new int[CODE_BYTES / Integer.BYTES];
  private final List<Integer> functions = new ArrayList<>();
  private final boolean changes;
  private int at;

  private RandomFunctions(long seed) {
    random = new SplittableRandom(seed);
    words = new WordSampler(seed);
    changes = random.nextInt(8) == 0;
    int count = 1 + random.nextInt(MOST_FUNCTIONS);
    at = code.length - 8;
    for (int i = 0; i < count; i++) {
      // Callees first; some begin where a page ends.
      int place = 64 + i * 420 + random.nextInt(60);
      at = random.nextInt(3) == 0 ? (place | 1023) - random.nextInt(12) : place;
      int start = at;
      function();
      functions.add(start);
    }
    at = 0;
    main();
  }

  /** A guest at its start. */
  static CpuState guest(long seed) {
    RandomFunctions guest = new RandomFunctions(seed);
    CpuState cpu = new CpuState();
    cpu.memory =
        new AddressSpace(seed % 2 == 0 ? MemoryLimit.flat(1 << 20) : new MemoryLimit(1 << 20));
    cpu.memory.map(CODE, CODE_BYTES, 7, "code");
    cpu.memory.map(DATA, DATA_BYTES, 3, "data");
    cpu.memory.map(STACK, STACK_BYTES, 3, "stack");
    for (int i = 0; i < guest.code.length; i++) {
      cpu.memory.store32(CODE + 4L * i, guest.code[i]);
    }
    for (int i = 0; i < DATA_BYTES; i += Long.BYTES) {
      cpu.memory.store64(DATA + i, guest.random.nextLong() >> guest.random.nextInt(64));
    }
    for (int r = 0; r < 8; r++) {
      cpu.x[r] = guest.random.nextLong() >> guest.random.nextInt(64);
    }
    cpu.x[CpuState.SP] = STACK + STACK_BYTES;
    cpu.pc = CODE;
    cpu.host = () -> 42;
    return cpu;
  }

  private void put(int... more) {
    for (int word : more) {
      code[at++] = word;
    }
  }

  private void main() {
    put(move(21, random.nextInt(3, 60)));
    int loop = at;
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      put(move(24, random.nextInt(60)));
      call();
      items(3);
    }
    countDown(21, loop);
    put(SVC);
  }

  private void function() {
    int start = at;
    boolean leaf = random.nextInt(3) == 0;
    if (!leaf) {
      put(PUSH, KEEP, FRAME);
    }
    int counter = leaf ? 22 : 19;
    boolean loops = random.nextBoolean();
    put(move(counter, random.nextInt(1, 20)));
    int loop = at;
    items(random.nextInt(MOST_ITEMS));
    if (!leaf && !functions.isEmpty()) {
      call();
    }
    for (int i = leaf ? 0 : random.nextInt(3); i > 0; i--) {
      recur(start);
    }
    items(random.nextInt(MOST_ITEMS));
    if (loops) {
      countDown(counter, loop);
    }
    if (!leaf) {
      put(BRING, POP);
    }
    put(RET);
  }

  private void items(int count) {
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(16)) {
        case 0, 1 -> forward();
        case 2, 3 -> access();
        case 4 -> table();
        case 5 -> {
          if (changes) {
            change();
          }
        }
        case 6 -> put(pointer(1, DATA + random.nextInt(DATA_BYTES)));
        default -> put(plain());
      }
    }
  }

  /** BL, or BLR by an address that is computed. */
  private void call() {
    int target = functions.get(random.nextInt(functions.size()));
    if (random.nextInt(3) == 0) {
      put(adr(9, target), 0xd63f0120);
    } else {
      put(0x94000000 | target - at & 0x3ffffff);
    }
  }

  /** A call of the function itself, if that is still allowed. */
  private void recur(int start) {
    put(0xb4000060 | 24, 0xd1000400 | 24 << 5 | 24); // cbz x24, behind; sub x24, x24, #1
    put(0x94000000 | start - at & 0x3ffffff);
  }

  /** A branch over some plain instructions. */
  private void forward() {
    int skipped = random.nextInt(1, 4);
    int offset = (skipped + 1 & 0x7ffff) << 5;
    put(
        switch (random.nextInt(3)) {
          case 0 -> 0x54000000 | offset | random.nextInt(16);
          case 1 -> 0xb4000000 | random.nextInt(2) << 24 | offset | random.nextInt(8);
          default ->
              0x36000000
                  | random.nextInt(2) << 24
                  | random.nextInt(32) << 19
                  | offset
                  | random.nextInt(8);
        });
    for (int i = 0; i < skipped; i++) {
      put(plain());
    }
  }

  /** A load or store of any size through a pointer, which may leave the page or the mapping. */
  private void access() {
    int offset = random.nextInt(8) == 0 ? random.nextInt(3) * 4096 : random.nextInt(DATA_BYTES);
    put(pointer(10, DATA + offset));
    int size = random.nextInt(4);
    int load = random.nextInt(2);
    int register = random.nextInt(8);
    put(0x39000000 | size << 30 | load << 22 | random.nextInt(3) << 10 | 10 << 5 | register);
  }

  /** A jump to one of four places, by a number in a register. */
  private void table() {
    // and x12, x[0-7], #3; adr x11, next; add x11, x11, x12, lsl #3; br x11; then four pairs
    put(0x92400400 | random.nextInt(8) << 5 | 12, adr(11, at + 3), 0x8b0c0d6b, 0xd61f0160);
    for (int i = 0; i < 4; i++) {
      put(plain(), 0x14000000 | 7 - 2 * i);
    }
  }

  /** Flips a bit of an instruction that follows or precedes; it stays an ADD of a constant. */
  private void change() {
    int changed = at + (random.nextBoolean() ? 5 : 0);
    int bit = random.nextInt(10, 22);
    int add = 0x91000000 | random.nextInt(8) << 5 | random.nextInt(8);
    int far = random.nextInt(4) == 0 ? 1 : 0;
    // adr; ldr w14, [x13]; eor w14, w14, #1 << bit; str w14, [x13], only in some rounds
    if (changed == at) {
      put(add);
    }
    put(adr(13, changed), 0xb94001ae);
    put(0x52000000 | (32 - bit & 31) << 16 | 14 << 5 | 14);
    put(far == 0 ? 0xb90001ae : 0x36000000 | 2 << 5 | 21);
    if (far != 0) {
      put(0xb90001ae);
    }
    if (changed != at) {
      put(add);
    }
  }

  /** An instruction of the first eight registers; seldom one that may fault. */
  private int plain() {
    List<Instruction> from = random.nextInt(50) == 0 ? ALL : PLAIN;
    int word = words.word(from.get(random.nextInt(from.size())));
    for (int low : new int[] {0, 5, 16}) {
      word = word & ~(31 << low) | random.nextInt(8) << low;
    }
    return word;
  }

  /** SUBS and B.NE back. */
  private void countDown(int counter, int loop) {
    put(0xf1000400 | counter << 5 | counter);
    put(0x54000001 | (loop - at & 0x7ffff) << 5);
  }

  private static int move(int register, int value) {
    return 0xd2800000 | value << 5 | register;
  }

  private static int[] pointer(int register, long address) {
    return new int[] {
      0xd2a00000 | (int) (address >>> 16) << 5 | register,
      0xf2800000 | (int) (address & 0xffff) << 5 | register
    };
  }

  private int adr(int register, int word) {
    return 0x10000000 | (word - at & 0x7ffff) << 5 | register;
  }
}
