package dev.axon64.emulator;

import static dev.axon64.emulator.Guests.CODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why a run ended. Each reason is one of its own. */
@Timeout(60)
class StopsTest {
  private static final int FOREVER = 0x14000000; // b .

  /** One for each engine, plain and with a hook. */
  private static List<Emulator> endless() {
    List<Emulator> all = new ArrayList<>();
    for (EngineKind kind : EngineKinds.all()) {
      for (boolean hooked : new boolean[] {false, true}) {
        Emulator emulator =
            Axon64.emulator()
                .engine(kind)
                .build()
                .map(CODE, 0x1000, AddressSpace.READ | AddressSpace.EXECUTE)
                .write(CODE, FOREVER)
                .pc(CODE);
        if (hooked) {
          emulator.onBlock((e, address) -> {});
        }
        all.add(emulator);
      }
    }
    return all;
  }

  @Test
  void theBudget() {
    Emulator emulator = Guests.factorial().x(0, 1_000);
    assertEquals(Stop.BUDGET, emulator.run(100));
    assertEquals(100, emulator.executed());
    assertEquals(Stop.BUDGET, emulator.run(0));
    assertEquals(0, emulator.executed());
    assertThrows(IllegalArgumentException.class, () -> emulator.run(-1));
  }

  @Test
  void anAddress() {
    Emulator emulator = Guests.factorial().x(0, 3);
    assertEquals(new Stop.Until(), emulator.runUntil(CODE + 16, 1_000));
    assertEquals(new Stop.Until(), emulator.runUntil(CODE + 16, 1_000), "there already");
    assertEquals(0, emulator.executed());
    emulator.pc(CODE).x(0, 3);
    assertEquals(new Stop.Until(), emulator.runUntil(CODE + 16, 10), "with the last of the budget");
    emulator.pc(CODE).x(0, 3);
    assertEquals(Stop.BUDGET, emulator.runUntil(CODE + 16, 9));
  }

  /** Where nothing is mapped, where nothing can be, and where no instruction can be. */
  @Test
  void anAddressWithNothingThere() {
    for (long address : new long[] {0x7000_0000L, FunctionCall.RETURN, CODE + 0x1000, CODE + 2}) {
      Emulator emulator = Guests.of(0xd61f0000).x(0, address); // br x0
      assertEquals(new Stop.Until(), emulator.runUntil(address, 10));
      assertEquals(address, emulator.pc());
      assertEquals(1, emulator.executed());
    }
  }

  @Test
  void anExit() {
    Emulator emulator = Guests.factorial().x(0, 1);
    emulator.onSystemCall((e, immediate) -> e.exit(3));
    assertEquals(new Stop.Exited(3), emulator.run(100));
    assertEquals(CODE + 20, emulator.pc());
  }

  @Test
  void time() {
    for (Emulator emulator : endless()) {
      Limits limits = Limits.none().within(Duration.ofMillis(20));
      assertEquals(new Stop.TimedOut(), emulator.run(limits));
      assertEquals(CODE, emulator.pc());
      assertEquals(Stop.BUDGET, emulator.run(5), "and can go on");
    }
  }

  /** Time is looked at before each call of a hook, since the hook itself may take long. */
  @Test
  void timeInHooks() throws InterruptedException {
    Emulator emulator = Guests.of(FOREVER);
    int[] calls = new int[1];
    emulator.onCode(
        (e, address, word) -> {
          calls[0]++;
          try {
            Thread.sleep(10);
          } catch (InterruptedException i) {
            throw new IllegalStateException(i);
          }
        });
    assertEquals(new Stop.TimedOut(), emulator.run(Limits.none().within(Duration.ofMillis(25))));
    assertTrue(calls[0] <= 3, () -> calls[0] + " calls");
  }

  @Test
  void anotherThread() throws InterruptedException {
    for (Emulator emulator : endless()) {
      CountDownLatch runs = new CountDownLatch(1);
      Thread stopper =
          new Thread(
              () -> {
                try {
                  runs.await();
                  while (!Thread.currentThread().isInterrupted()) {
                    emulator.stop(); // before it runs, this does nothing
                    Thread.sleep(1);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      stopper.start();
      runs.countDown();
      assertEquals(new Stop.Stopped(), emulator.run(Long.MAX_VALUE));
      stopper.interrupt();
      stopper.join();
    }
  }

  @Test
  void anInterrupt() {
    for (Emulator emulator : endless()) {
      Thread.currentThread().interrupt();
      assertEquals(new Stop.Interrupted(), emulator.run(Long.MAX_VALUE));
      assertTrue(Thread.interrupted(), "the thread stays interrupted");
    }
  }

  @Test
  void aFetchFaultSaysWhichWord() {
    for (Emulator emulator : endless()) {
      emulator.pc(CODE + 0x1008);
      Stop.Fault stop = assertInstanceOf(Stop.Fault.class, emulator.run(10));
      assertEquals(CODE + 0x1008, stop.fault().address);
    }
  }
}
