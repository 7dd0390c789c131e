package dev.axon64.propose.accelerate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random guests that consist of loops: counted, searching, nested, with early exits, over memory
 * that overlaps, ends or is code.
 */
final class RandomLoops {
  static final long CODE = 0x10000;
  static final long DATA = 0x20000;
  static final int DATA_PAGES = 5;
  static final int BRK = 0xd4200000;
  private static final int[] BASES = {0, 1, 2, 3};
  private static final int[] DATA_REGISTERS = {4, 5, 6, 7};
  private static final int COUNTER = 8;
  private static final int LIMIT = 9;
  private static final int OUTER = 10;
  private static final int INVARIANT = 11;

  private final SplittableRandom random;
  private final List<Integer> words = new ArrayList<>();

  RandomLoops(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The guest of a seed, at its start. */
  static CpuState guest(long seed, MemoryLimit limit) {
    return new RandomLoops(seed).guest(limit);
  }

  private CpuState guest(MemoryLimit limit) {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(limit);
    cpu.memory.map(CODE, 4096, 7, "code");
    cpu.memory.map(DATA, DATA_PAGES * 4096, 3, "data");
    byte[] data = new byte[DATA_PAGES * 4096];
    fill(data);
    cpu.memory.write(DATA, data);
    if (random.nextInt(4) == 0) {
      cpu.memory.protect(DATA + 2 * 4096, 4096, random.nextInt(2)); // none, or to read only
    }
    registers(cpu);
    program();
    for (int i = 0; i < words.size(); i++) {
      cpu.memory.store32(CODE + 4 * i, words.get(i));
    }
    cpu.pc = CODE;
    return cpu;
  }

  /** Mostly one byte, so that searches run long. */
  private void fill(byte[] data) {
    int kind = random.nextInt(4);
    byte all = (byte) random.nextInt();
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (kind) {
            case 0 -> (byte) random.nextInt();
            case 1 -> random.nextInt(300) == 0 ? (byte) random.nextInt() : all;
            case 2 -> (byte) (1 + random.nextInt(255));
            default -> random.nextInt(100) == 0 ? 0 : (byte) (i * 7);
          };
    }
  }

  private void registers(CpuState cpu) {
    for (int i = 0; i < 31; i++) {
      cpu.x[i] = number();
    }
    for (int i : BASES) {
      cpu.x[i] = pointer();
    }
    if (random.nextInt(3) == 0) {
      cpu.x[1] = cpu.x[0] + random.nextInt(-40, 40);
    }
    cpu.x[COUNTER] = random.nextInt(5) == 0 ? number() : random.nextInt(3000);
    cpu.x[LIMIT] = random.nextInt(3) == 0 ? cpu.x[0] + random.nextInt(6000) : random.nextInt(3000);
    cpu.x[OUTER] = random.nextInt(6);
    cpu.x[CpuState.SP] = pointer() & -16;
    for (int i = 0; i < cpu.v.length; i++) {
      cpu.v[i] = random.nextLong();
    }
    cpu.setNzcv(random.nextLong());
  }

  private long pointer() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return CODE + random.nextInt(4096);
    }
    if (kind == 1) {
      return number();
    }
    return DATA + random.nextInt(DATA_PAGES * 4096);
  }

  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> 0x8000_0000L + random.nextInt(-2000, 2000);
      case 3 -> 0x1_0000_0000L - random.nextInt(2000);
      case 4 -> Long.MIN_VALUE + random.nextInt(-2000, 2000);
      default -> random.nextInt(2000);
    };
  }

  private void program() {
    boolean nested = random.nextInt(4) == 0;
    loop(nested ? 0x3000_0000 : 0);
    if (random.nextInt(3) == 0) {
      loop(0);
    }
    words.add(BRK);
  }

  /** A loop, in another one if asked. */
  private void loop(int nested) {
    int outer = words.size();
    if (nested != 0) {
      reset();
    }
    int head = words.size();
    List<Integer> exits = new ArrayList<>();
    int length = random.nextInt(1, 7);
    for (int i = 0; i < length; i++) {
      body(exits);
    }
    back(head, exits);
    for (int exit : exits) {
      words.set(exit, words.get(exit) | offset(words.size() - exit, words.get(exit)));
    }
    if (nested != 0) {
      words.add(0xf1000400 | OUTER << 5 | OUTER); // subs outer, outer, #1
      words.add(0x54000000 | (outer - words.size() & 0x7ffff) << 5 | 1); // b.ne
    }
  }

  /** What an inner loop starts from. */
  private void reset() {
    words.add(0xd2800000 | random.nextInt(400) << 5 | COUNTER); // movz
    words.add(0xcb000000 | INVARIANT << 16 | random.nextInt(3) << 10 | 0 << 5 | 12);
  }

  private static int offset(int distance, int word) {
    boolean test = (word & 0x7e000000) == 0x36000000;
    return test ? (distance & 0x3fff) << 5 : (distance & 0x7ffff) << 5;
  }

  private int pick(int[] from) {
    return from[random.nextInt(from.length)];
  }

  private int base() {
    return pick(BASES);
  }

  private int data() {
    return random.nextInt(12) == 0 ? 31 : pick(DATA_REGISTERS);
  }

  private int any() {
    int kind = random.nextInt(10);
    return kind < 4
        ? data()
        : kind < 6 ? base() : kind < 7 ? INVARIANT : kind < 8 ? COUNTER : random.nextInt(32);
  }

  private int sf() {
    return random.nextInt(2) << 31;
  }

  private void body(List<Integer> exits) {
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> words.add(moving());
      case 3, 4 -> words.add(indexed());
      case 5, 6 -> words.add(arithmetic());
      case 7 -> words.add(logical());
      case 8 -> words.add(other());
      case 9 -> {
        int s = random.nextInt(-16, 17);
        int b = base(); // a pointer moves
        words.add((s < 0 ? 0xd1000000 : 0x91000000) | Math.abs(s) << 10 | b << 5 | b);
      }
      case 10 -> vector();
      case 11 -> {
        if (random.nextInt(2) == 0) {
          words.add(compare());
        } else {
          early(exits);
        }
      }
      case 12 -> words.add(pair());
      default -> {
        if (random.nextInt(3) == 0) {
          early(exits);
        } else {
          words.add(arithmetic());
        }
      }
    }
  }

  /** A load or store that moves its base. */
  private int moving() {
    int size = random.nextInt(4);
    int by = random.nextInt(5) == 0 ? random.nextInt(-20, 20) : 1 << size;
    if (random.nextInt(5) == 0) {
      by = -by;
    }
    int opc = random.nextInt(2);
    if (size < 2 && random.nextInt(6) == 0) {
      opc = 2 + random.nextInt(2);
    }
    int pre = random.nextInt(2) << 11;
    return 0x38000400 | pre | size << 30 | opc << 22 | (by & 0x1ff) << 12 | base() << 5 | data();
  }

  private int indexed() {
    int size = random.nextInt(4);
    int opc = random.nextInt(2);
    if (random.nextInt(2) == 0) {
      return 0x39000000 | size << 30 | opc << 22 | random.nextInt(8) << 10 | base() << 5 | data();
    }
    int option = new int[] {2, 3, 6, 7}[random.nextInt(4)];
    int index = random.nextInt(3) == 0 ? any() : COUNTER;
    return 0x38200800
        | size << 30
        | opc << 22
        | index << 16
        | option << 13
        | random.nextInt(2) << 12
        | base() << 5
        | data();
  }

  private int pair() {
    int mode = random.nextInt(1, 4) << 23;
    int load = random.nextInt(2) << 22;
    int imm = random.nextInt(3) == 0 ? random.nextInt(-4, 4) & 0x7f : 2;
    if (random.nextInt(2) == 0) {
      int a = random.nextInt(4);
      return 0xac000000 | mode | load | imm << 15 | a + 1 << 10 | base() << 5 | a;
    }
    return 0x28000000 | sf() | mode | load | imm << 15 | 5 << 10 | base() << 5 | 4;
  }

  private int arithmetic() {
    int op = random.nextInt(2) << 30 | random.nextInt(4) / 3 << 29;
    if (random.nextInt(2) == 0) {
      int d = any();
      int n = random.nextInt(2) == 0 ? d : any();
      return 0x11000000 | sf() | op | random.nextInt(40) << 10 | n << 5 | d;
    }
    int d = data();
    int n = random.nextInt(2) == 0 ? d : any();
    int shift = random.nextInt(3) == 0 ? random.nextInt(3) << 22 | random.nextInt(8) << 10 : 0;
    return 0x0b000000 | sf() | op | shift | any() << 16 | n << 5 | d;
  }

  private int logical() {
    int d = data();
    int n = random.nextInt(2) == 0 ? d : any();
    return 0x0a000000
        | sf()
        | random.nextInt(4) << 29
        | random.nextInt(2) << 21
        | any() << 16
        | n << 5
        | d;
  }

  private int other() {
    int d = data();
    int n = any();
    int cond = random.nextInt(16) << 12;
    return switch (random.nextInt(9)) {
      case 0 -> 0x53000000 | random.nextInt(32) << 16 | random.nextInt(32) << 10 | n << 5 | d;
      case 1 -> 0x93400000 | random.nextInt(64) << 16 | random.nextInt(64) << 10 | n << 5 | d;
      case 2 -> 0x1b000000 | sf() | any() << 16 | d << 10 | n << 5 | d; // madd
      case 3 -> 0x1a800000 | sf() | random.nextInt(2) << 30 | any() << 16 | cond | n << 5 | d;
      case 4 -> 0x1a800400 | sf() | random.nextInt(2) << 30 | any() << 16 | cond | n << 5 | d;
      case 5 -> 0x7a400000 | sf() | any() << 16 | cond | n << 5 | random.nextInt(16); // ccmp
      case 6 -> 0x1ac04000 | any() << 16 | d << 5 | d; // crc32b
      case 7 -> 0x1ac00800 | sf() | any() << 16 | n << 5 | d; // udiv
      default -> 0x5ac00000 | random.nextInt(3) << 10 | n << 5 | d; // rbit, rev16, rev
    };
  }

  private void vector() {
    int d = random.nextInt(4);
    int n = random.nextInt(4);
    int m = random.nextInt(4);
    int regs = m << 16 | n << 5 | d;
    words.add(
        switch (random.nextInt(6)) {
          case 0 -> 0x4e208400 | random.nextInt(4) << 22 | regs; // add
          case 1 -> 0x6e201c00 | regs; // eor
          case 2 -> 0x3dc00000 | base() << 5 | d; // ldr q
          case 3 -> 0x3d800000 | base() << 5 | d; // str q
          case 4 -> 0x4e083c00 | n << 5 | data(); // umov x, v.d[0]
          default -> 0x1e602800 | regs; // fadd d
        });
  }

  private int compare() {
    int n = any();
    return random.nextInt(2) == 0
        ? 0x7100001f | sf() | random.nextInt(300) << 10 | n << 5
        : 0x6b00001f | sf() | any() << 16 | n << 5;
  }

  private void early(List<Integer> exits) {
    exits.add(words.size());
    words.add(
        switch (random.nextInt(4)) {
          case 0 -> 0x34000000 | sf() | data(); // cbz
          case 1 -> 0x35000000 | sf() | data(); // cbnz
          case 2 -> 0x36000000 | random.nextInt(2) << 24 | random.nextInt(32) << 19 | any();
          default -> 0x54000000 | random.nextInt(14);
        });
  }

  private void back(int head, List<Integer> exits) {
    int step = random.nextInt(4) == 0 ? random.nextInt(1, 9) : 1;
    int register = random.nextInt(5) == 0 ? any() : COUNTER;
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        words.add(0x71000000 | sf() | step << 10 | register << 5 | register); // subs
        words.add(0x54000000 | distance(head) << 5 | random.nextInt(14));
      }
      case 2 -> {
        words.add(0x11000000 | sf() | step << 10 | register << 5 | register);
        words.add(0x6b00001f | sf() | LIMIT << 16 | register << 5); // cmp
        words.add(0x54000000 | distance(head) << 5 | random.nextInt(14));
      }
      case 3 -> {
        words.add(0xeb00001f | LIMIT << 16 | base() << 5); // cmp a base
        words.add(0x54000000 | distance(head) << 5 | random.nextInt(14));
      }
      case 4 -> {
        words.add(0x51000000 | sf() | step << 10 | register << 5 | register);
        words.add(0x35000000 | sf() | distance(head) << 5 | register); // cbnz
      }
      default -> {
        early(exits);
        words.add(0x14000000 | head - words.size() & 0x3ffffff); // b
      }
    }
  }

  private int distance(int head) {
    return head - words.size() & 0x7ffff;
  }
}
