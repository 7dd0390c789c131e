package dev.axon64.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.device.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breakpoints, hooks and devices of one's own. */
class CodeHooksTest {
  private static final long DEVICE = 0x0b00_0000L;
  private static final int WAIT = 0xd503207f;

  /** Counts X0 down from 3. */
  private static final int[] LOOP = {0xd2800060, 0xf1000400, 0x54ffffe1, WAIT};

  @ParameterizedTest
  @EnumSource(Policy.class)
  void breakpointsPauseEachTime(Policy policy) {
    TestMachine test = new TestMachine(policy);
    Machine machine = test.machine();
    Runnable breakpoint = machine.breakAt(TestMachine.START + 4);
    assertEquals(MachineEnd.PAUSED, test.run(LOOP));
    assertEquals(3, machine.processor(0).cpu.x[0]);
    assertEquals(MachineEnd.PAUSED, machine.run(100));
    assertEquals(2, machine.processor(0).cpu.x[0]);
    assertEquals(TestMachine.START + 4, machine.processor(0).cpu.pc);
    machine.processor(0).cpu.x[0] = 10;
    breakpoint.run();
    assertEquals(MachineEnd.HALTED, machine.run(100));
    assertEquals(1 + 2 + 2 * 10 + 1, machine.executed());
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void hooksSeeEachInstructionOfARange(Policy policy) {
    TestMachine test = new TestMachine(policy);
    List<Long> seen = new ArrayList<>();
    test.machine()
        .onCode(TestMachine.START + 4, TestMachine.START + 8, core -> seen.add(core.cpu.x[0]));
    assertEquals(MachineEnd.HALTED, test.run(LOOP));
    assertEquals(List.of(3L, 2L, 1L), seen);
    assertEquals(8, test.machine().executed());
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void devicesOfOnesOwnAnswerAndInterrupt(Policy policy) {
    TestMachine test = new TestMachine(policy);
    List<Long> stored = new ArrayList<>();
    test.machine()
        .add(
            DEVICE,
            0x1000,
            new Device() {
              @Override
              public long load(long offset, int size) {
                return offset + size;
              }

              @Override
              public void store(long offset, int size, long value) {
                stored.add(value);
                test.machine().line(100).set(value != 0);
              }
            });
    // movz x1, #0xb00, lsl #16; ldr w0, [x1, #8]; str x0, [x1]; wfi
    assertEquals(MachineEnd.HALTED, test.run(0xd2a16001, 0xb9400820, 0xf9000020, WAIT));
    assertEquals(List.of(12L), stored);
    long pending = test.machine().bus().load(MemoryMap.GIC_DISTRIBUTOR + 0x200 + 132 / 32 * 4, 4);
    assertEquals(1L << 132 % 32, pending);
  }
}
