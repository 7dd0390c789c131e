package dev.axon64.system.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.Machine;
import dev.axon64.system.MemoryMap;
import dev.axon64.system.TestMachine;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Devices bear whatever a guest does to their registers. */
class AnyAccessTest {
  private static final int TRIES = Boolean.getBoolean("axon64.campaign") ? 3_000_000 : 100_000;

  @Test
  void devicesBearAnyAccess() {
    Machine machine = new TestMachine(Policy.EACH).machine();
    Random random = new Random(Long.getLong("axon64.seed", 18));
    long[] starts = {
      MemoryMap.GIC_DISTRIBUTOR, MemoryMap.GIC_CPU_INTERFACE, MemoryMap.UART, MemoryMap.RTC
    };
    for (int i = 0; i < TRIES; i++) {
      long start = starts[random.nextInt(starts.length)];
      int size = 1 << random.nextInt(4);
      long address = start + (random.nextInt(0x1100) & -size);
      if (!machine.bus().answers(address)) {
        continue;
      }
      if (random.nextBoolean()) {
        machine.bus().store(address, size, random.nextLong() >>> 64 - 8 * size);
      } else {
        long value = machine.bus().load(address, size);
        assertTrue(size == 8 || value >>> 8 * size == 0);
      }
      machine.gic().interrupts(0);
    }
  }

  @Test
  void rangesDoNotOverlap() {
    Bus bus = new Bus();
    Device device = new Pl031(() -> 0);
    bus.add(0x1000, 0x1000, device);
    bus.add(0x3000, 0x1000, device);
    assertThrows(IllegalArgumentException.class, () -> bus.add(0x1800, 0x1000, device));
    assertThrows(IllegalArgumentException.class, () -> bus.add(0x2800, 0x1000, device));
    assertEquals(true, bus.answers(0x1fff));
    assertEquals(false, bus.answers(0x2000));
    assertEquals(false, bus.answers(0xfff));
  }
}
