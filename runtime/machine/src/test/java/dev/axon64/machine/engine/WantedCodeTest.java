package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WantedCodeTest {
  private final CodePage page =
      new CodePage(0x1000, new int[CodePage.WORDS], new int[CodePage.WORDS], false, false);
  private final WantedCode wanted = new WantedCode();

  private void add(int index, int heat) {
    page.entries().heat[index] = heat;
    wanted.add(page, page.address + index * (long) Integer.BYTES, null);
  }

  @Test
  void theHottestComesFirst() {
    add(1, 5);
    add(2, 7);
    add(3, 6);
    page.entries().heat[1] = 8; // hotter by now
    assertEquals(0x1004, wanted.take().pc());
    assertEquals(0x1008, wanted.take().pc());
    assertEquals(0x100c, wanted.take().pc());
    assertTrue(wanted.isEmpty());
  }

  @Test
  void theColdestOfTooManyAreForgotten() {
    for (int i = 0; i < 300; i++) {
      add(i, 1000 - i);
    }
    int count = 0;
    for (; !wanted.isEmpty(); count++) {
      assertEquals(1000 - count, wanted.take().heat());
    }
    assertEquals(256, count);
  }

  @Test
  void whatHasBeenMadeOrIsGoneIsWantedNoMore() {
    add(1, 5);
    add(2, 4);
    WantedCode.Place first = wanted.take();
    assertTrue(first.isWanted());
    page.entries().at[1] = new RegionEntry(first.pc(), null, 0, 0);
    assertFalse(first.isWanted());
    page.drop();
    assertFalse(wanted.take().isWanted());
  }
}
