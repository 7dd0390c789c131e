package dev.axon64.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.cpu.Misdispatched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs on a bare machine, which print on the serial line and switch the machine off. */
class BareMachineTest {
  private static final int HALT_WFI = 0xd503207f;
  private static final int ADD = 0x91000400;

  @ParameterizedTest
  @EnumSource(Policy.class)
  void saysHello(Policy policy) throws IOException {
    TestMachine machine = new TestMachine(policy);
    assertEquals(MachineEnd.OFF, machine.run(TestMachine.guest("machine/hello")));
    assertEquals("hello from EL 0x1\n", machine.sent());
  }

  /**
   * Exceptions, memory management, address spaces, code that changes, EL0, interrupts and timers,
   * as QEMU has them.
   */
  @ParameterizedTest
  @EnumSource(Policy.class)
  void findsWhatItFindsUnderQemu(Policy policy) throws IOException {
    TestMachine machine = new TestMachine(policy);
    assertEquals(MachineEnd.OFF, machine.run(TestMachine.guest("machine/checks")));
    String expected = new String(TestMachine.guest("machine/checks.txt"), StandardCharsets.UTF_8);
    assertTrue(expected.endsWith("done\n"), expected);
    assertEquals(expected, machine.sent());
  }

  @Test
  void sameCountsAndTimesEachTime() throws IOException {
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      TestMachine machine = new TestMachine(Policy.PAGE);
      machine.run(TestMachine.guest("machine/checks"));
      counts.add(machine.machine().executed());
      counts.add(machine.machine().time());
    }
    assertEquals(counts.get(0), counts.get(2));
    assertEquals(counts.get(1), counts.get(3));
  }

  /**
   * With weights that give every word to one kernel, the first word of another stops the machine.
   */
  @ParameterizedTest
  @EnumSource(Policy.class)
  void wrongWeightsNameWordPlaceAndLevel(Policy policy) {
    Network right = Models.shipped("a64");
    float[] wrong = new float[right.spec().parameters()];
    Network network = Network.of(right.spec(), wrong, "wrong");
    TestMachine machine = new TestMachine(policy, network, 16L << 20, 1, (core, syndrome) -> {});
    Misdispatched stop = assertThrows(Misdispatched.class, () -> machine.run(ADD, HALT_WFI));
    assertEquals(
        "the network gave the word d503207f at 0x40080004 in EL1 to kernel 0, which does not own"
            + " it",
        stop.getMessage());
  }

  @Test
  void waitingForNothingHalts() {
    TestMachine machine = new TestMachine(Policy.PAGE);
    assertEquals(MachineEnd.HALTED, machine.run(HALT_WFI, HALT_WFI));
    assertEquals(1, machine.machine().executed());
  }

  /** A handler that cannot be fetched is never executed; the limit ends that too. */
  @Test
  void anExceptionWithoutAHandlerComesToTheLimit() {
    TestMachine machine = new TestMachine(Policy.PAGE);
    machine.machine().start(0x1000, 0);
    assertEquals(MachineEnd.LIMIT, machine.machine().run(1000));
    assertEquals(0, machine.machine().executed());
  }

  @Test
  void isStoppedFromOutside() {
    TestMachine machine = new TestMachine(Policy.PAGE);
    machine.machine().stop();
    assertEquals(MachineEnd.STOPPED, machine.run(ADD, ADD));
  }
}
