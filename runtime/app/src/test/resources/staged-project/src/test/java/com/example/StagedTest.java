package com.example;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.dispatch.A64Dispatcher;
import dev.axon64.emulator.Axon64;
import dev.axon64.emulator.Emulator;
import dev.axon64.machine.engine.Stop;
import dev.axon64.testkit.Axon64Executor;
import dev.axon64.testkit.Executor;
import dev.axon64.testkit.Instructions;
import dev.axon64.testkit.Lockstep;
import dev.axon64.testkit.MachineState;
import dev.axon64.testkit.Mismatch;
import dev.axon64.testkit.States;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StagedTest {
  private static final int MOST_TRIES = 100;

  /** The kit finds the bug of {@link Division}. */
  @Test
  void theBugIsFound() {
    Executor mine = Executor.of("mine", StagedTest::divide);
    Mismatch found =
        new Lockstep(new Axon64Executor(), mine)
            .search(Instructions.ofMnemonic("udiv"), States.any(), MOST_TRIES, 1)
            .orElseThrow();
    System.out.println("found in " + found.tries() + " tries\n" + found.report());
    assertTrue(found.report().contains("udiv x"), found::report);
  }

  private static MachineState divide(int word, MachineState before) {
    long mask = word < 0 ? -1 : 0xffff_ffffL;
    long quotient =
        Division.quotient(register(before, word >>> 5) & mask, register(before, word >>> 16) & mask);
    MachineState after = before.withPc(before.pc() + 4);
    return (word & 31) == 31 ? after : after.withX(word & 31, quotient);
  }

  private static long register(MachineState state, int number) {
    return (number & 31) == 31 ? 0 : state.x(number & 31);
  }

  /** What the plugin has generated dispatches, and its shaders are there. */
  @Test
  void whatIsGeneratedWorks() throws Exception {
    A64Dispatcher dispatcher = new A64Dispatcher();
    int multiply = dispatcher.kernel(0x9b007c21, 0);
    assertEquals(multiply, dispatcher.kernel(0x1ac20820, 0), "mul and udiv have one kernel");
    assertTrue(multiply != dispatcher.kernel(0x8b010000, 0), "add has another");
    for (String shader : new String[] {"a64.metal", "a64_baked.cl", "a64_guest.metal", "a64_guest.cl"}) {
      try (InputStream in = StagedTest.class.getResourceAsStream("/shaders/" + shader)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("kernel"), shader);
      }
    }
  }

  /** Ten factorial: mov x1, #1; mul x1, x1, x0; subs x0, x0, #1; b.ne the mul; svc #7. */
  @Test
  void theEmulatorRuns() {
    Emulator emulator =
        Axon64.emulator()
            .build()
            .map(0x10000, 0x1000, READ | EXECUTE)
            .write(0x10000, 0xd2800021, 0x9b007c21, 0xf1000400, 0x54ffffc1, 0xd40000e1)
            .pc(0x10000)
            .x(0, 10);
    Stop stop = emulator.run(1_000);
    assertEquals(new Stop.SystemCall(7), stop);
    assertEquals(3628800, emulator.x(1));
  }
}
