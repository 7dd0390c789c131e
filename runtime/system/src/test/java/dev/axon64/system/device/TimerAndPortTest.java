package dev.axon64.system.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Timers, the serial port and the clock. */
class TimerAndPortTest {
  private boolean high;
  private final StringBuilder sent = new StringBuilder();
  private final GenericTimer timer = new GenericTimer(raised -> high = raised);
  private final Pl011 port = new Pl011(value -> sent.append((char) value), raised -> high = raised);

  @Test
  void aTimerRingsWhenItsTimeHasCome() {
    timer.setCompare(100, 10);
    assertEquals(GenericTimer.NEVER, timer.next(10));
    timer.setControl(1, 10);
    assertEquals(100, timer.next(10));
    assertEquals(90, timer.value(10));
    assertFalse(high);
    timer.update(100);
    assertTrue(high);
    assertEquals(5, timer.control(100));
    timer.setControl(3, 100);
    assertFalse(high);
    timer.setControl(1, 100);
    timer.setValue(-5 & 0xffff_ffffL, 100);
    assertTrue(high);
    timer.setValue(50, 100);
    assertFalse(high);
    assertEquals(150, timer.next(100));
  }

  @Test
  void bytesGoOut() {
    port.store(0x38, 4, 1 << 5);
    assertFalse(high);
    port.store(0x00, 1, 'a');
    port.store(0x00, 4, 'b');
    assertEquals("ab", sent.toString());
    assertTrue(high);
    port.store(0x44, 4, 1 << 5);
    assertFalse(high);
  }

  @Test
  void bytesComeIn() {
    assertFalse(port.listens());
    port.store(0x2c, 4, 0x70);
    port.store(0x30, 4, 0x301);
    port.store(0x38, 4, 0x50);
    assertTrue(port.listens());
    assertEquals(0x90, port.load(0x18, 4));
    for (int i = 0; i < Pl011.DEPTH; i++) {
      port.receive('A' + i);
    }
    assertEquals(0, port.room());
    assertTrue(high);
    assertEquals(0xc0, port.load(0x18, 2));
    for (int i = 0; i < Pl011.DEPTH; i++) {
      assertEquals('A' + i, port.load(0x00, 1));
    }
    assertFalse(high);
  }

  @Test
  void devicesSayWhatTheyAre() {
    int[] port = {0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1};
    int[] clock = {0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};
    Pl031 rtc = new Pl031(() -> 1000);
    for (int i = 0; i < port.length; i++) {
      assertEquals(port[i], this.port.load(0xfe0 + 4L * i, 4));
      assertEquals(clock[i], rtc.load(0xfe0 + 4L * i, 4));
    }
  }

  @Test
  void theClockCanBeSet() {
    long[] now = {1000};
    Pl031 clock = new Pl031(() -> now[0]);
    assertEquals(1000, clock.load(0, 4));
    clock.store(8, 4, 5000);
    now[0] += 7;
    assertEquals(5007, clock.load(0, 4));
  }
}
