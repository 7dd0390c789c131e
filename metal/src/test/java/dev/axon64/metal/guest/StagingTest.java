package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EachEngine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.PageEngine;
import dev.axon64.machine.engine.StagedPages;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.memory.NoPrefetch;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.prefetch.NextLine;
import dev.axon64.propose.prefetch.StrideTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest whose pages come when it stops for them ends as one whose memory is all there. */
class StagingTest {
  private static final long CODE = 0x10000;
  private static final long DATA = 0x40_0000;
  private static final int PAGES = 512;
  private static final int PAGE = AddressSpace.PAGE;
  private static final GuestShader SHADER = ShippedShader.a64();

  /** Pages that an instruction needs come one after the other; it is tried again each time. */
  @Test
  void everyInstructionActsAlike() {
    SplittableRandom seeds = new SplittableRandom(9);
    Engine scalar = new EachEngine(ShippedDispatcher.A64.dispatcher());
    RandomGuest ours = new RandomGuest();
    RandomGuest theirs = new RandomGuest();
    List<String> differences = new ArrayList<>();
    StagedPages staged = new StagedPages(new NoPrefetch());
    Staging staging = new Staging(staged);
    for (Instruction instruction : InstructionSpec.a64().instructions()) {
      int tries = instruction.kernel().equals("LOADSTORE") ? 4 : 1;
      for (int i = 0; i < tries; i++) {
        long seed = seeds.nextLong();
        int word = ours.prepare(instruction, seed);
        theirs.prepare(instruction, seed);
        Stop expected = scalar.run(ours.cpu(), 1);
        Stop stop = new MetalGuestEngine(SHADER, staging).run(theirs.cpu(), 1);
        String difference =
            GuestComparison.of(ours.cpu(), expected, theirs.cpu(), stop)
                + GuestComparison.memory(ours.data(), theirs.data());
        if (!difference.isEmpty()) {
          differences.add("%s %08x:%s".formatted(instruction.name(), word, difference));
        }
      }
    }
    assertEquals(List.of(), differences);
    assertTrue(staged.stops > 100, "only " + staged.stops + " pages came on demand");
  }

  /**
   * Adds up 64-bit numbers a step apart, and writes each sum behind the number: {@code ldr x1,
   * [x0]; add x2, x2, x1; str x2, [x0, 8]; add x0, x0, x3; subs x4, x4, 1; b.ne; brk}.
   */
  private static CpuState walk(long first, long step, int times) {
    int[] words = {
      0xf9400001, 0x8b010042, 0xf9000402, 0x8b030000, 0xf1000484, 0x54ffff61, 0xd4200000
    };
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(new MemoryLimit(16 << 20));
    cpu.memory.map(CODE, PAGE, 7, "code");
    cpu.memory.map(DATA, PAGES * PAGE, 3, "data");
    for (int i = 0; i < words.length; i++) {
      cpu.memory.store32(CODE + 4 * i, words[i]);
    }
    for (int i = 0; i < PAGES * PAGE; i += 8) {
      cpu.memory.store64(DATA + i, i * 0x9E3779B97F4A7C15L);
    }
    cpu.pc = CODE;
    cpu.x[0] = first;
    cpu.x[3] = step;
    cpu.x[4] = times;
    return cpu;
  }

  private static StagedPages staged(Prefetcher prefetcher, long first, long step, int times) {
    CpuState plain = walk(first, step, times);
    CpuState inShader = walk(first, step, times);
    StagedPages staged = new StagedPages(prefetcher);
    Engine engine = new MetalGuestEngine(SHADER, new Staging(staged));
    Stop expected = new PageEngine(ShippedDispatcher.A64.dispatcher()).run(plain, 1 << 20);
    Stop stop = engine.run(inShader, 1 << 20);
    assertEquals("", GuestComparison.of(plain, expected, inShader, stop));
    assertArrayEquals(
        plain.memory.read(DATA, PAGES * PAGE), inShader.memory.read(DATA, PAGES * PAGE));
    return staged;
  }

  /** Some accesses lie on two pages. */
  @ParameterizedTest
  @ValueSource(longs = {64, 4092, 8192, -4096, 12300})
  void whatIsExpectedIsNotStoppedFor(long step) {
    int times = (int) Math.min(20_000, (PAGES - 1) * (long) PAGE / Math.abs(step) - 1);
    long first = step < 0 ? DATA + (PAGES - 2) * (long) PAGE : DATA + 4;
    StagedPages none = staged(new NoPrefetch(), first, step, times);
    StagedPages next = staged(new NextLine(), first, step, times);
    StagedPages stride = staged(new StrideTable(), first, step, times);
    assertEquals(1, none.ahead, "the page of the code");
    assertTrue(none.stops > 100, "only " + none.stops);
    if (step > 0 && step <= PAGE) {
      assertTrue(2 * next.stops <= none.stops + 4, next.stops + " of " + none.stops);
    }
    assertTrue(2 * stride.stops < none.stops, stride.stops + " of " + none.stops);
    assertTrue(stride.used > stride.ahead / 2);
  }

  /** A page beyond the budget of stops is no fault: the guest stops where nothing is mapped. */
  @Test
  void whatIsNotMappedIsStillAFault() {
    StagedPages staging = staged(new StrideTable(), DATA, PAGE, PAGES + 10);
    assertTrue(staging.stops < PAGES / 2, "" + staging.stops);
  }
}
