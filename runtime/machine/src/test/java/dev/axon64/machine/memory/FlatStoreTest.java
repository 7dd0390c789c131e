package dev.axon64.machine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlatStoreTest {
  private static final int PAGE = AddressSpace.PAGE;
  private static final long BASE = 0x5555_0000_0000L;

  private final MemoryLimit limit = MemoryLimit.flat(64L << 20);
  private final AddressSpace space = new AddressSpace(limit);

  @BeforeEach
  void needsMemoryOutsideTheHeap() {
    assumeTrue(RawMemory.available(), "the JVM does not export jdk.internal.misc");
    space.map(BASE, 1L << 32, 3, "data");
  }

  @AfterEach
  void everythingIsGivenBack() {
    space.clear();
    assertEquals(0, limit.used());
  }

  @Test
  void rangesGrowTogetherAndHaveOneDistance() {
    for (int page : new int[] {0, 2, 5, 4, 1, 3}) {
      space.store64(BASE + page * (long) PAGE, page);
    }
    MemoryRange range = space.range(BASE, true, 0);
    assertEquals(BASE, range.start);
    assertEquals(6 * PAGE - 15, range.length);
    for (int page = 0; page < 6; page++) {
      assertEquals(page, RawMemory.load64(BASE + page * (long) PAGE + range.delta));
    }
  }

  /** Bytes behind an array's end would be the JVM's own. */
  @Test
  void bytesMoveWithinArraysOnly() {
    space.store64(BASE, 1);
    byte[] bytes = new byte[16];
    assertThrows(IndexOutOfBoundsException.class, () -> space.read(BASE, bytes, 8, 9));
    assertThrows(IndexOutOfBoundsException.class, () -> space.write(BASE, bytes, -1, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> space.write(BASE, bytes, 0, 17));
  }

  /** Whoever holds a range notices that a page is taken from it. */
  @Test
  void rangesEndWhereAPageIsTakenAway() {
    for (int page = 0; page < 6; page++) {
      space.store8(BASE + page * (long) PAGE, 1);
    }
    MemoryRange range = space.range(BASE, true, 0);
    space.protect(BASE + 3 * PAGE, PAGE, AddressSpace.READ);
    assertEquals(3 * PAGE - 15, range.length);
    assertEquals(0, space.range(BASE + 3 * PAGE, true, 0).length);
    assertEquals(BASE + 4 * PAGE, space.range(BASE + 5 * PAGE, true, 0).start);
    space.clear();
    assertEquals(0, range.length);
  }

  @Test
  void aParentWritesInPlaceAndItsChildKeepsTheOldPage() {
    space.store64(BASE, 1);
    long delta = space.range(BASE, true, 0).delta;
    AddressSpace child = space.fork();
    assertEquals(1, child.load64(BASE));
    long shared = child.readablePlace(BASE, 8);
    assertEquals(BASE + delta, shared);
    assertEquals(0, space.range(BASE, true, 0).length, "the next store must be noticed");
    space.store64(BASE, 2);
    assertEquals(delta, space.range(BASE, true, 0).delta);
    assertEquals(0, child.readablePlace(BASE, 8), "the page has moved");
    assertEquals(1, child.load64(BASE));
    child.store64(BASE, 3);
    assertEquals(2, space.load64(BASE));
    child.clear();
  }

  @Test
  void aChildKeepsWhatItsParentLeaves() {
    space.store64(BASE, 7);
    AddressSpace child = space.fork();
    assertEquals(7, child.load64(BASE));
    space.clear();
    assertEquals(7, child.load64(BASE));
    MemoryRange range = child.range(BASE, false, 0);
    child.load8(BASE);
    assertSame(MemoryRange.NONE, range, "the page was not at home");
    assertNotEquals(0, child.range(BASE, false, 0).length, "it is now");
    assertEquals(7, RawMemory.load64(BASE + child.range(BASE, false, 0).delta));
    child.clear();
  }

  /**
   * A guest that uses ever new addresses makes the host give no more memory than it has at once.
   */
  @Test
  void whatIsUnmappedGoesBackToTheHost() {
    int live = 10;
    List<Long> kept = new ArrayList<>();
    for (int i = 0; i < live; i++) {
      space.store64(BASE + i * (long) PAGE, 100 + i);
      kept.add(BASE + i * (long) PAGE);
    }
    long before = space.range(BASE, true, 0).delta;
    boolean moved = false;
    for (int i = live; i < 40_000; i++) {
      long address = BASE + i * (long) PAGE;
      space.store64(address, i);
      space.discard(address, PAGE);
      assertEquals(0, space.load64(address));
      if (i % 1000 == 0) {
        for (int k = 0; k < live; k++) {
          assertEquals(100 + k, space.load64(kept.get(k)));
        }
        space.store64(BASE, 100);
        moved |= space.range(BASE, true, 0).delta != before;
      }
    }
    assertTrue(moved, "the pages in use have moved to a new reservation");
  }
}
