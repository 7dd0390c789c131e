package dev.axon64.system.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The interrupt controller, through its registers. */
class GicTest {
  private static final int UART = 33;
  private static final int TIMER = 27;

  private final Gic gic = new Gic(2);
  private int processor;
  private final Device distributor = new GicDistributor(gic, () -> processor);
  private final Device own = new GicCpuInterface(gic, () -> processor);

  GicTest() {
    distributor.store(0x000, 4, 1);
    for (processor = 1; processor >= 0; processor--) {
      own.store(0x00, 4, 1);
      own.store(0x04, 4, 0xf0);
    }
    processor = 0;
    distributor.store(0x104, 4, 1L << UART - 32);
    distributor.store(0x800 + UART, 1, 1);
    distributor.store(0x400 + UART, 1, 0xa0);
  }

  @Test
  void aLevelStaysUntilItIsLow() {
    gic.line(UART).set(true);
    assertTrue(gic.interrupts(0));
    assertFalse(gic.interrupts(1));
    assertEquals(UART, own.load(0x0c, 4));
    assertFalse(gic.interrupts(0));
    assertEquals(0xa0, own.load(0x14, 4));
    own.store(0x10, 4, UART);
    assertTrue(gic.interrupts(0));
    gic.line(UART).set(false);
    assertFalse(gic.interrupts(0));
    assertEquals(Gic.NONE, own.load(0x0c, 4));
  }

  @Test
  void anEdgeIsRemembered() {
    distributor.store(0xc08, 4, 2L << 2);
    gic.line(UART).set(true);
    gic.line(UART).set(false);
    assertEquals(1L << UART - 32, distributor.load(0x204, 4));
    assertEquals(UART, own.load(0x0c, 4));
    own.store(0x10, 4, UART);
    assertFalse(gic.interrupts(0));
  }

  @Test
  void prioritiesMaskAndPreempt() {
    distributor.store(0x100, 4, 1L << TIMER);
    distributor.store(0x400 + TIMER, 1, 0x80);
    gic.line(UART).set(true);
    assertEquals(UART, own.load(0x0c, 4));
    gic.setLine(0, TIMER, true);
    assertTrue(gic.interrupts(0));
    assertEquals(TIMER, own.load(0x0c, 4));
    own.store(0x10, 4, TIMER);
    gic.setLine(0, TIMER, false);
    own.store(0x10, 4, UART);
    own.store(0x04, 4, 0xa0);
    assertFalse(gic.interrupts(0));
  }

  @Test
  void sharedInterruptsGoToTheirTarget() {
    distributor.store(0x800 + UART, 1, 2);
    gic.line(UART).set(true);
    assertFalse(gic.interrupts(0));
    assertTrue(gic.interrupts(1));
  }

  @Test
  void processorsInterruptEachOther() {
    distributor.store(0xf00, 4, 2L << 16 | 3);
    assertFalse(gic.interrupts(0));
    processor = 1;
    assertEquals(3, own.load(0x0c, 4));
    own.store(0x10, 4, 3);
    distributor.store(0xf00, 4, 1L << 24 | 7);
    processor = 0;
    assertEquals(1 << 10 | 7, own.load(0x0c, 4));
  }

  @Test
  void oneProcessorIsToldOfEverything() {
    Gic single = new Gic(1);
    Device alone = new GicDistributor(single, () -> 0);
    alone.store(0x000, 4, 1);
    alone.store(0x104, 4, 2);
    alone.store(0x800 + UART, 1, 0);
    new GicCpuInterface(single, () -> 0).store(0x00, 4, 1);
    new GicCpuInterface(single, () -> 0).store(0x04, 4, 0xff);
    assertEquals(0, alone.load(0x800, 4));
    single.line(UART).set(true);
    assertTrue(single.interrupts(0));
  }
}
