package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Host;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import dev.axon64.machine.state.TrapKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneEngineTest {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MAX_VALUE,
    0x80000000L,
    0xffffffffL,
    Programs.DATA,
    Programs.DATA + 4090,
    63,
    64,
    31,
    32
  };

  private static void randomise(CpuState cpu, Random random) {
    for (int r = 0; r <= CpuState.SP; r++) {
      cpu.x[r] =
          switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> Programs.DATA + random.nextInt(4096);
            case 2 -> random.nextInt(256);
            default -> random.nextLong();
          };
    }
    cpu.x[CpuState.ZERO] = 0;
    for (int r = 0; r < cpu.v.length; r++) {
      cpu.v[r] = random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }
    cpu.setNzcv(random.nextLong());
    cpu.excl_on = random.nextInt(2);
    cpu.excl_addr = cpu.x[1];
    cpu.tpidr = random.nextLong();
    cpu.host = FIXED;
  }

  private static final Host FIXED =
      new Host() {
        @Override
        public long cntvct() {
          return 42;
        }

        @Override
        public void ic_ivau(long address) {}

        @Override
        public void yield() {}

        @Override
        public void barrier() {}
      };

  private static void assertSame(CpuState expected, CpuState actual, String what) {
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      String register = Register.at(slot).slotName(slot);
      if (expected.excl_on != 0 || !register.equals("EXCL_ADDR")) {
        assertEquals(expected.get(slot), actual.get(slot), () -> what + ": " + register);
      }
    }
    assertArrayEquals(
        expected.memory.read(Programs.DATA, 4096), actual.memory.read(Programs.DATA, 4096), what);
  }

  private static String kind(Stop stop) {
    return stop instanceof Stop.Fault fault ? fault.fault().getMessage() : stop.toString();
  }

  /** Every instruction of the spec in 64 lanes with different registers, against one by one. */
  @Test
  void everyInstructionGivesWhatTheScalarEngineGives() {
    Random random = new Random(20);
    int words = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 1000);
    int instructions = 0;
    for (Instruction instruction : InstructionSpec.a64().instructions()) {
      for (int i = 0; i < words; i++) {
        Cube cube = instruction.cubes().get(random.nextInt(instruction.cubes().size()));
        compare(random.nextInt() & ~cube.mask() | cube.value(), instruction.name(), random);
        instructions++;
      }
    }
    System.out.println(
        "lanes = scalar on "
            + instructions
            + " words of "
            + InstructionSpec.a64().instructions().size()
            + " encodings, 64 states each");
  }

  private static void compare(int word, String name, Random random) {
    List<CpuState> lanes = new ArrayList<>();
    List<CpuState> scalars = new ArrayList<>();
    int guests = random.nextBoolean() ? 64 : 1 + random.nextInt(64);
    for (int lane = 0; lane < guests; lane++) {
      CpuState cpu = Programs.words(word);
      randomise(cpu, random);
      byte[] bytes = new byte[4096];
      random.nextBytes(bytes);
      cpu.memory.write(Programs.DATA, bytes);
      CpuState scalar = cpu.copy();
      scalar.excl_on = cpu.excl_on;
      scalar.memory = cpu.memory.fork();
      lanes.add(cpu);
      scalars.add(scalar);
    }
    Stop[] stops = new LaneEngine(ShippedDispatcher.A64::dispatcher).run(lanes, 1);
    for (int lane = 0; lane < guests; lane++) {
      String what = "%s %08x, lane %d".formatted(name, word, lane);
      Engine scalar = new PageEngine(ShippedDispatcher.A64.dispatcher());
      assertEquals(kind(scalar.run(scalars.get(lane), 1)), kind(stops[lane]), what);
      assertSame(scalars.get(lane), lanes.get(lane), what);
    }
  }

  /** Different inputs take different ways through a Collatz loop and still end as one by one. */
  @Test
  void divergingGuestsEndAsAlone() {
    // loop: cmp x0,#1; b.eq end; add x1,x1,#1; tbz x0,#0,even; add x0,x0,x0,lsl#1; add x0,x0,#1;
    // b loop; even: lsr x0,x0,#1; b loop; end: svc #0
    int[] words = {
      0xf100041f,
      0x54000100,
      0x91000421,
      0x36000080,
      0x8b000400,
      0x91000400,
      0x17fffffa,
      0xd341fc00,
      0x17fffff8,
      0xd4000001
    };
    List<CpuState> guests = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      CpuState cpu = Programs.words(words);
      cpu.x[0] = i + 1;
      guests.add(cpu);
    }
    LaneEngine engine = new LaneEngine(ShippedDispatcher.A64::dispatcher);
    Stop[] stops = engine.run(guests, 1_000_000);
    for (int i = 0; i < guests.size(); i++) {
      CpuState alone = Programs.words(words);
      alone.x[0] = i + 1;
      Engine scalar = new PageEngine(ShippedDispatcher.A64.dispatcher());
      assertEquals(scalar.run(alone, 1_000_000), stops[i]);
      assertEquals(scalar.executed(), engine.executed(i));
      assertSame(alone, guests.get(i), "guest " + i);
    }
    assertTrue(engine.steps() < engine.guestSteps() / 2, "guests must meet again");
  }

  @Test
  void guestsOfDifferentProgramsRunSideBySide() {
    List<CpuState> guests = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      guests.add(
          i % 3 == 0
              ? Programs.words(0x91000400, 0x17ffffff)
              : i % 3 == 1 ? Programs.words(0xd2800020, 0xd4200000) : Programs.words(0));
    }
    Stop[] stops = new LaneEngine(ShippedDispatcher.A64::dispatcher).run(guests, 1000);
    for (int i = 0; i < guests.size(); i++) {
      Stop expected =
          i % 3 == 0
              ? Stop.BUDGET
              : i % 3 == 1 ? new Stop.Trap(TrapKind.BRK, 0) : new Stop.Undefined(0);
      assertEquals(expected, stops[i]);
    }
    assertEquals(500, guests.get(0).x[0]);
  }

  @Test
  void aGuestThatWritesItsCodeLeavesTheOthersAlone() {
    // cbz x5, skip; str w3, [x2]; skip: mov x0, #2 (at +8, replaced by mov x0, #1); brk
    List<CpuState> guests = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      CpuState cpu = Programs.words(0xb4000045, 0xb9000043, 0xd2800040, 0xd4200000);
      cpu.x[2] = Programs.CODE + 8;
      cpu.x[3] = 0xd2800020L;
      cpu.x[5] = i == 7 ? 1 : 0;
      guests.add(cpu);
    }
    new LaneEngine(ShippedDispatcher.A64::dispatcher).run(guests, 100);
    for (int i = 0; i < 64; i++) {
      assertEquals(i == 7 ? 1 : 2, guests.get(i).x[0], "guest " + i);
    }
  }

  @Test
  void anEngineRunsOneSetOfGuestsAfterAnother() {
    LaneEngine engine = new LaneEngine(ShippedDispatcher.A64::dispatcher);
    for (int constant = 1; constant <= 3; constant++) {
      // mov x0, #constant (or its double, for some guests); brk
      List<CpuState> guests = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int value = i % 8 == 0 ? 2 * constant : constant;
        guests.add(Programs.words(0xd2800000 | value << 5, 0xd4200000));
      }
      long steps = engine.steps();
      engine.run(guests, 100);
      for (int i = 0; i < 64; i++) {
        assertEquals(i % 8 == 0 ? 2 * constant : constant, guests.get(i).x[0]);
      }
      assertEquals(4, engine.steps() - steps, "alike guests stay together");
    }
  }

  @Test
  void refusesGuestsThatShareAMemory() {
    CpuState one = Programs.words(0xd4200000);
    CpuState two = one.copy();
    two.memory = one.memory;
    LaneEngine engine = new LaneEngine(ShippedDispatcher.A64::dispatcher);
    assertThrows(IllegalArgumentException.class, () -> engine.run(List.of(one, two), 1));
  }

  /** The page engine's decisions stay right though the lanes watch the same memory. */
  @Test
  void scalarAndLanesTakeTurnsOnOneGuest() {
    // str w3, [x2]; mov x0, #2 (replaced by mov x0, #1); brk
    CpuState cpu = Programs.words(0xb9000043, 0xd2800040, 0xd4200000);
    cpu.x[2] = Programs.CODE + 4;
    Engine scalar = new PageEngine(ShippedDispatcher.A64.dispatcher());
    LaneEngine lanes = new LaneEngine(ShippedDispatcher.A64::dispatcher);
    int[] moves = {0xd2800020, 0xd2800060, 0xd2800080};
    for (int turn = 0; turn < 9; turn++) {
      cpu.pc = Programs.CODE;
      cpu.x[3] = moves[turn % 3] & 0xffffffffL;
      if (turn % 2 == 0) {
        lanes.run(List.of(cpu), 10);
      } else {
        scalar.run(cpu, 10);
      }
      assertEquals(moves[turn % 3] >>> 5 & 0xffff, cpu.x[0], "turn " + turn);
    }
  }
}
