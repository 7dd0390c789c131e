package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.TrapKind;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static Dispatcher always(int kernel) {
    return new Dispatcher() {
      @Override
      public int kernel(int word, long pc) {
        return kernel;
      }

      @Override
      public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
        Arrays.fill(kernels, from, to, kernel);
      }
    };
  }

  private static List<Engine> engines(Dispatcher dispatcher) {
    return List.of(
        new PageEngine(dispatcher),
        new EachEngine(dispatcher),
        new StepEngine(dispatcher, (cpu, word, kernel) -> true),
        Engines.translated(() -> dispatcher, 1, Runnable::run).get(),
        new OneLaneEngine(() -> dispatcher, null));
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

  /** A word in a hot loop, behind a branch that is taken 4095 times, has a wrong kernel. */
  @Test
  void wrongWeightsTrapInTranslatedCodeToo() {
    int bad = 0x92400003; // and x3, x0, #1
    int[] loop = {0x91000400, 0x36600040, bad, 0x17fffffd}; // add x0, x0, #1; tbz x0, #12; b
    Dispatcher right = ShippedDispatcher.A64.dispatcher();
    Dispatcher dispatcher = new OneWrong(right, bad);
    CpuState expected = Programs.words(loop);
    Engine scalar = new PageEngine(dispatcher);
    Stop stop = scalar.run(expected, 100_000);
    assertEquals(new Stop.Misdispatch(bad, 0), stop);
    CpuState cpu = Programs.words(loop);
    TranslatedEngine engine =
        (TranslatedEngine) Engines.translated(() -> dispatcher, 1, Runnable::run).get();
    assertEquals(stop, engine.run(cpu, 100_000));
    assertEquals(scalar.executed(), engine.executed());
    assertEquals(expected.pc, cpu.pc);
    assertArrayEquals(expected.x, cpu.x);
    assertTrue(engine.translated() > 10_000, engine.translated() + " were translated");
  }

  /** Gives one word to the first kernel. */
  private record OneWrong(Dispatcher right, int word) implements Dispatcher {
    @Override
    public int kernel(int asked, long pc) {
      return asked == word ? 0 : right.kernel(asked, pc);
    }

    @Override
    public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
      for (int i = from; i < to; i++) {
        kernels[i] = kernel(words[i], pcs[i]);
      }
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
        for (Engine engine : engines(always(answer))) {
          CpuState cpu = Programs.words(words[owner]);
          cpu.x[1] = Programs.DATA;
          Stop stop = engine.run(cpu, 1);
          assertEquals(
              owner == answer ? Stop.BUDGET : new Stop.Misdispatch(words[owner], answer), stop);
        }
      }
    }
  }

  /** Without a kernel for it, FP/SIMD data processing is SYSTEM's, and traps there. */
  @Test
  void theModelWithoutFpsimdTrapsWhereItsSystemKernelIsGivenSuchAWord() {
    int[] words = {0x1e622820, 0x4e208400, 0x0e20b800}; // fadd d0, add v0.16b, abs v0.8b
    for (Engine engine : engines(kvrm7(ShippedDispatcher.KVRM7.dispatcher()))) {
      for (int word : words) {
        CpuState cpu = Programs.words(word);
        assertEquals(new Stop.Trap(TrapKind.DISABLED, word & 0xffffffffL), engine.run(cpu, 1));
        assertEquals(0, engine.executed());
        assertEquals(Programs.CODE, cpu.pc);
      }
      CpuState unallocated = Programs.words(0x1ee00000);
      assertEquals(new Stop.Undefined(0x1ee00000), engine.run(unallocated, 1));
      CpuState other = Programs.words(0x91000420);
      assertEquals(Stop.BUDGET, engine.run(other, 1));
    }
  }

  /**
   * Any other kernel that is given the word, or SYSTEM of the model with FPSIMD, does not own it.
   */
  @Test
  void onlyThatKernelOfThatModelOwnsFpWords() {
    int word = 0x1e622820;
    for (int kernel = 0; kernel < 7; kernel++) {
      for (Engine engine : engines(kvrm7(always(kernel)))) {
        Stop expected =
            kernel == 6
                ? new Stop.Trap(TrapKind.DISABLED, word)
                : new Stop.Misdispatch(word, kernel);
        assertEquals(expected, engine.run(Programs.words(word), 1));
      }
    }
    for (Engine engine : engines(always(6))) {
      assertEquals(new Stop.Misdispatch(word, 6), engine.run(Programs.words(word), 1));
    }
    for (Engine engine : engines(kvrm7(always(6)))) {
      int add = 0x91000420;
      assertEquals(new Stop.Misdispatch(add, 6), engine.run(Programs.words(add), 1));
    }
  }

  private static Dispatcher kvrm7(Dispatcher network) {
    return new ModelDispatcher(network, KernelSet.KVRM7);
  }

  @Test
  void kernelsAreFoundByTheirNames() {
    List<String> eight = KernelSet.A64.names();
    assertEquals(8, eight.size());
    assertEquals(KernelSet.A64, KernelSet.named(eight, "mine"));
    assertEquals(KernelSet.KVRM7, KernelSet.named(eight.subList(0, 7), "mine"));
    InputException e =
        assertThrows(
            InputException.class, () -> KernelSet.named(List.of("SYSTEM", "BRANCH"), "mine"));
    assertTrue(e.getMessage().startsWith("model mine: has the kernels [SYSTEM, BRANCH];"));
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
      assertEquals(new Stop.Trap(TrapKind.ALIGNMENT, Programs.CODE + 2), engine.run(cpu, 10));
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
