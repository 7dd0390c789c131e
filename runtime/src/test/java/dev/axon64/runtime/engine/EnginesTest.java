package dev.axon64.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.dispatch.ShippedDispatcher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnginesTest {
  /** A network that answers one more than it should. */
  private static Dispatcher wrong() {
    Dispatcher right = ShippedDispatcher.A64.dispatcher();
    return new Dispatcher() {
      @Override
      public int kernel(int word, long pc) {
        return (right.kernel(word, pc) + 1) % 8;
      }

      @Override
      public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
        right.kernels(words, pcs, kernels, from, to);
        for (int i = from; i < to; i++) {
          kernels[i] = (kernels[i] + 1) % 8;
        }
      }
    };
  }

  private static List<Engine> engines(Dispatcher dispatcher) {
    return List.of(
        new PageEngine(dispatcher),
        new EachEngine(dispatcher),
        new StepEngine(dispatcher, (cpu, word, kernel) -> true),
        new OneLaneEngine(() -> dispatcher));
  }

  @Test
  void allEnginesEndTheProgramAlike() {
    CpuState first = null;
    long instructions = 0;
    for (Engine engine : engines(ShippedDispatcher.A64.dispatcher())) {
      CpuState cpu = Programs.sieve();
      long executed = Programs.toExit(engine, cpu);
      if (first == null) {
        first = cpu;
        instructions = executed;
      }
      assertEquals(instructions, executed);
      assertArrayEquals(first.x, cpu.x);
      assertArrayEquals(first.v, cpu.v);
      assertEquals(first.nzcv(), cpu.nzcv());
      assertEquals(first.pc, cpu.pc);
    }
    assertEquals(34_031_962, instructions);
  }

  @Test
  void wrongWeightsTrapAndNameTheWord() {
    for (Engine engine : engines(wrong())) {
      CpuState cpu = Programs.words(0x91000420); // add x0, x1, #1: ARITHMETIC, 0
      assertEquals(new Stop.Misdispatch(0x91000420, 1), engine.run(cpu, 10));
      assertEquals(0, engine.executed());
      assertEquals(Programs.CODE, cpu.pc);
      assertEquals(0, cpu.x[0]);
    }
  }

  /** Whatever kernel a dispatcher names, it alone executes: no other path knows the word. */
  @Test
  void everyWrongKernelRefusesEveryWord() {
    int[] words = {
      0x91000420, 0x92400420, 0xf9400020, 0x14000001, 0x9b027c20, 0xd3410420, 0xd503201f, 0x1e622820
    };
    for (int owner = 0; owner < words.length; owner++) {
      for (int answer = 0; answer < words.length; answer++) {
        int kernel = answer;
        Dispatcher fixed =
            new Dispatcher() {
              @Override
              public int kernel(int word, long pc) {
                return kernel;
              }

              @Override
              public void kernels(int[] w, long[] pcs, int[] kernels, int from, int to) {
                java.util.Arrays.fill(kernels, from, to, kernel);
              }
            };
        for (Engine engine : engines(fixed)) {
          CpuState cpu = Programs.words(words[owner]);
          cpu.x[1] = Programs.DATA;
          Stop stop = engine.run(cpu, 1);
          assertEquals(
              owner == answer ? Stop.BUDGET : new Stop.Misdispatch(words[owner], answer), stop);
        }
      }
    }
  }

  @Test
  void undefinedWordsOfAKernelsOwnGroupsAreUndefined() {
    for (Engine engine : engines(ShippedDispatcher.A64.dispatcher())) {
      CpuState cpu = Programs.words(0x00000000);
      assertEquals(new Stop.Undefined(0), engine.run(cpu, 1));
    }
  }

  @Test
  void aBudgetIsKeptToTheInstruction() {
    for (Engine engine : engines(ShippedDispatcher.A64.dispatcher())) {
      CpuState cpu = Programs.words(0x91000400, 0x17ffffff); // add x0, x0, #1; b .-4
      for (int budget : new int[] {1, 2, 7, 1000}) {
        long before = cpu.x[0];
        assertInstanceOf(Stop.Budget.class, engine.run(cpu, budget));
        assertEquals(budget, engine.executed());
        assertTrue(cpu.x[0] - before >= budget / 2);
      }
    }
  }

  @Test
  void aMisalignedPcTraps() {
    for (Engine engine : engines(ShippedDispatcher.A64.dispatcher())) {
      CpuState cpu = Programs.words(0xd61f0000); // br x0
      cpu.x[0] = Programs.CODE + 2;
      assertEquals(new Stop.Trap("alignment", Programs.CODE + 2), engine.run(cpu, 10));
      assertEquals(1, engine.executed());
    }
  }

  @Test
  void profilesCountEveryInstruction() {
    Profile profile = new Profile();
    Engine engine =
        Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, profile).get();
    long executed = Programs.toExit(engine, Programs.sieve());
    List<Long> counts = new ArrayList<>(profile.counts().values());
    assertEquals(executed, counts.stream().mapToLong(Long::longValue).sum());
    assertEquals(1024, profile.evaluations());
  }
}
