package dev.axon64.emulator;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.engine.TranslatedEngine;
import dev.axon64.machine.memory.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Hooks are told the same on the engine that translates, and what has none is translated. */
class HooksOnTranslatedTest {
  private static final long MAIN = 0x10000;
  private static final long F = 0x11000;
  private static final long H = 0x11ff8;
  private static final long G = 0x12000;
  private static final long DATA = 0x20000;
  private static final long DEVICE = 0x30000;
  private static final int NOP = 0xd503201f;
  private static final int CBNZ_XZR = 0xb500005f;
  private static final int RET = 0xd65f03c0;
  private static final int MOST_KEPT = 3_000;

  /** The engine that translates, with a look at how much it has. */
  private static final class Watched implements EngineKind {
    private final EngineKind like = EngineKinds.translating();
    private TranslatedEngine engine;

    @Override
    public String name() {
      return like.name();
    }

    @Override
    public List<Engines.Policy> policies() {
      return like.policies();
    }

    @Override
    public boolean profiles() {
      return false;
    }

    @Override
    public boolean translates() {
      return true;
    }

    @Override
    public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
      Supplier<Engine> opened = like.open(network, policy, profile);
      return () -> engine = (TranslatedEngine) opened.get();
    }
  }

  private static int bl(long from, long to) {
    return 0x94000000 | (int) (to - from) >> 2 & 0x3ffffff;
  }

  /**
   * A loop in one page calls f and h in the next; h goes on to g in the third, behind what may be a
   * branch that is never taken. They load and store in two pages, also across their border.
   */
  private static Emulator guest(EngineKind kind, boolean branch, long rounds) {
    Emulator emulator =
        Axon64.emulator()
            .engine(kind)
            .build()
            .map(MAIN, 0x3000, READ | WRITE | EXECUTE)
            .map(DATA, 0x2000, READ | WRITE);
    emulator.write(MAIN, bl(MAIN, F), bl(MAIN + 4, H), bl(MAIN + 8, G));
    // subs x2, x2, #1; b.ne main; svc #0
    emulator.write(MAIN + 12, 0xf1000442, 0x54ffff81, 0xd4000001);
    // ldr x3, [x1]; add x3, x3, #1; str x3, [x1]; tbz x3, #0, the ret; add x0, x0, #1; ret
    emulator.write(F, 0xf9400023, 0x91000463, 0xf9000023, 0x36000043, 0x91000400, RET);
    emulator.write(H, NOP, branch ? CBNZ_XZR : NOP);
    // ldr x4, [x5]; add x4, x4, x3; str x4, [x5]; stp x3, x4, [x7]; str q0, [x8]; ret
    emulator.write(G, 0xf94000a4, 0x8b030084, 0xf90000a4, 0xa90010e3, 0x3d800100, RET);
    return emulator
        .pc(MAIN)
        .x(1, DATA)
        .x(2, rounds)
        .x(5, DATA + 0x1100)
        .x(7, DATA + 0xff8)
        .x(8, DATA + 0x1ff0 - 0x1000 - 4)
        .v(0, 5, 6);
  }

  /** What hooks were told: all of it as a number, and the first events as texts. */
  private static final class Told {
    private final List<String> first = new ArrayList<>();
    private long all;
    private int count;

    void event(Emulator emulator, String what, long address, long value) {
      if (first.size() < MOST_KEPT) {
        first.add(
            "%s %x %x after %d, x2 %d"
                .formatted(what, address, value, emulator.executed(), emulator.x(2)));
      }
      for (long part :
          new long[] {what.hashCode(), address, value, emulator.executed(), emulator.x(3)}) {
        all = all * 31 + part;
      }
      count++;
    }
  }

  /** Adds a random hook, which may end the run, or be replaced when it has been called. */
  private static Hook add(Emulator emulator, SplittableRandom random, Told told, boolean changes) {
    long from = MAIN + 4 * random.nextInt(0xc00);
    if (random.nextBoolean()) {
      from = List.of(MAIN, F, H, G, F + 8, G + 4, H + 4).get(random.nextInt(7));
    }
    long to = from + 4 * (1 + random.nextInt(random.nextBoolean() ? 4 : 0x500));
    Hook[] self = new Hook[1];
    int most = changes ? 1 + random.nextInt(3_000) : Integer.MAX_VALUE;
    SplittableRandom next = random.split();
    int[] calls = new int[1];
    Runnable called =
        () -> {
          if (++calls[0] == most) {
            self[0].remove();
            add(emulator, next, told, true);
          }
        };
    self[0] =
        switch (random.nextInt(changes ? 8 : 7)) {
          case 0, 1, 2 ->
              emulator.onCode(
                  from,
                  to,
                  (e, at, word) -> {
                    told.event(e, "code", at, word);
                    called.run();
                  });
          case 3, 4 ->
              emulator.onBlock(
                  from,
                  to,
                  (e, at) -> {
                    told.event(e, "block", at, 0);
                    called.run();
                  });
          case 5, 6 -> {
            long data = DATA + 8 * random.nextInt(0x400);
            yield emulator.onMemory(
                random.nextBoolean() ? DATA + 0x1000 : data,
                DATA + 0x2000,
                (e, access) -> {
                  told.event(
                      e, access.isWrite() ? "store" : "load", access.address(), access.value());
                  called.run();
                });
          }
          default ->
              emulator.onEdge(
                  (e, a, b) -> {
                    told.event(e, "edge", a, b);
                    if (random.nextInt(50) == 0) {
                      e.x(0, e.x(0) + 1);
                    }
                    called.run();
                  });
        };
    return self[0];
  }

  private static Told told(Emulator emulator, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Told told = new Told();
    List<Hook> hooks = new ArrayList<>();
    Stop stop = Stop.BUDGET;
    for (int piece = 0; !(stop instanceof Stop.SystemCall); piece++) {
      if (piece % 3 == 2) {
        hooks.add(add(emulator, random, told, random.nextBoolean()));
      } else if (piece % 7 == 6) {
        hooks.remove(0).remove();
      }
      Limits limits =
          Limits.instructions(1 + random.nextInt(random.nextInt(4) == 0 ? 50 : 600_000));
      boolean until = random.nextInt(4) == 0;
      stop = emulator.run(until ? limits.until(random.nextBoolean() ? G : H + 4) : limits);
      told.event(emulator, stop.toString(), emulator.pc(), emulator.x(0));
    }
    return told;
  }

  @Test
  void eventsAreThoseOfTheScalarEngine() {
    long events = 0;
    long translated = 0;
    for (long seed = 0; seed < 6; seed++) {
      Watched kind = new Watched();
      boolean branch = seed % 2 == 0;
      Emulator fast = guest(kind, branch, 150_000);
      Emulator plain = guest(EngineKinds.reference(), branch, 150_000);
      Told expected = told(plain, seed);
      Told actual = told(fast, seed);
      assertEquals(expected.first, actual.first, "seed " + seed);
      assertEquals(expected.count, actual.count, "seed " + seed);
      assertEquals(expected.all, actual.all, "seed " + seed);
      for (int i = 0; i < 31; i++) {
        assertEquals(plain.x(i), fast.x(i), "seed " + seed + ", x" + i);
      }
      assertArrayEquals(plain.read(DATA, 0x2000), fast.read(DATA, 0x2000), "seed " + seed);
      events += expected.count;
      translated += kind.engine.translated();
    }
    assertTrue(events > 100_000, events + " events");
    assertTrue(translated > 0, "something was translated");
    System.out.printf("%,d events alike, %,d instructions translated%n", events, translated);
  }

  /** With a hook in one page, the others are translated; with one for edges, none is. */
  @Test
  void whatHasNoHooksIsTranslated() {
    Watched kind = new Watched();
    long[] calls = new long[1];
    long rounds = 400_000;
    Emulator emulator = guest(kind, false, rounds);
    emulator.onCode(G, G + 4, (e, at, word) -> calls[0]++);
    assertEquals(new Stop.SystemCall(0), emulator.run(100_000_000));
    assertEquals(2 * rounds, calls[0]);
    long others = emulator.executed() - 12 * rounds;
    long translated = kind.engine.translated();
    assertTrue(translated > others / 10, translated + " of " + others);
    assertTrue(translated <= others, translated + " of " + others);

    Hook edges = emulator.onEdge((e, from, to) -> calls[0]++);
    emulator.pc(MAIN).x(2, 1_000).run(100_000_000);
    assertEquals(translated, kind.engine.translated());
    edges.remove();
    emulator.pc(MAIN).x(2, rounds).run(100_000_000);
    assertTrue(kind.engine.translated() > translated);
  }

  /** A device sees the registers at its access, exact, also from code that is translated. */
  @Test
  void devicesAreAskedByTheInstructionItself() {
    List<List<Long>> asked = new ArrayList<>();
    for (EngineKind kind : List.of(EngineKinds.reference(), new Watched())) {
      List<Long> calls = new ArrayList<>();
      Emulator emulator = guest(kind, false, 20_000);
      emulator.mapDevice(
          DEVICE,
          0x1000,
          new Device() {
            @Override
            public long load(long offset, int size) {
              calls.add(emulator.pc() ^ emulator.x(2) << 32);
              return calls.size();
            }

            @Override
            public void store(long offset, int size, long value) {
              calls.add(~emulator.pc() ^ value << 32);
            }
          });
      emulator.x(5, DEVICE).run(10_000_000);
      assertEquals(80_000, calls.size());
      asked.add(calls);
    }
    assertEquals(asked.get(0), asked.get(1));
  }
}
