package dev.axon64.machine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.MemoryFault.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages whose bytes come when they are first used. */
class ExpectedPagesTest {
  private static final int PAGE = AddressSpace.PAGE;
  private static final long AT = 0x40_0000;
  private static final int RW = AddressSpace.READ | AddressSpace.WRITE;

  private final MemoryLimit limit = new MemoryLimit(16L * PAGE);
  private final AddressSpace space = new AddressSpace(limit);
  private final List<String> arrived = new ArrayList<>();

  private byte[] arrive(int index, long address, boolean write) {
    arrived.add(index + (write ? " written at " : " at ") + Long.toHexString(address));
    return filled(index);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[PAGE];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @BeforeEach
  void expectFour() {
    space.map(AT, 6L * PAGE, RW, "");
    for (int i = 1; i <= 4; i++) {
      assertTrue(space.expect(AT + (long) i * PAGE, i, this::arrive));
    }
  }

  @Test
  void comeOnceAtTheFirstUse() {
    assertEquals(List.of(), arrived);
    assertEquals(2, space.load8(AT + 2 * PAGE + 5));
    space.store8(AT + 2 * PAGE, 9);
    space.store8(AT + 3 * PAGE + 1, 9);
    assertEquals(3, space.load8(AT + 3 * PAGE));
    assertEquals(List.of("2 at 402005", "3 written at 403001"), arrived);
    assertEquals(0, space.load8(AT));
  }

  @Test
  void countAsTouched() {
    assertEquals(4L * PAGE, space.touchedBytes());
    assertEquals(4L * PAGE, limit.used());
    space.unmap(AT, 6L * PAGE);
    assertEquals(0, limit.used());
    assertEquals(List.of(), arrived);
  }

  @Test
  void anAccessAcrossTwoBringsBoth() {
    assertEquals(0x0202_0101L, space.load32(AT + 2 * PAGE - 2));
    assertEquals(2, arrived.size());
  }

  @Test
  void aForbiddenAccessBringsNone() {
    space.protect(AT, 6L * PAGE, AddressSpace.READ);
    MemoryFault fault = assertThrows(MemoryFault.class, () -> space.store8(AT + PAGE, 1));
    assertEquals(Reason.FORBIDDEN, fault.reason);
    assertEquals(List.of(), arrived);
    assertEquals(1, space.load8(AT + PAGE));
  }

  @Test
  void whatWasUnmappedOrDiscardedDoesNotCome() {
    space.unmap(AT + PAGE, PAGE);
    space.map(AT + PAGE, PAGE, RW, "");
    space.discard(AT + 2 * PAGE, PAGE);
    assertEquals(0, space.load8(AT + PAGE));
    assertEquals(0, space.load8(AT + 2 * PAGE));
    assertEquals(List.of(), arrived);
  }

  @Test
  void moveWithTheirMapping() {
    space.move(AT + PAGE, 2L * PAGE, AT + 100L * PAGE);
    assertEquals(2, space.load8(AT + 101 * PAGE));
    assertEquals(1, space.load8(AT + 100 * PAGE));
    assertEquals(List.of("2 at 465000", "1 at 464000"), arrived);
  }

  @Test
  void comeOnceForParentAndChild() {
    AddressSpace child = space.fork();
    child.store8(AT + PAGE, 77);
    assertEquals(1, space.load8(AT + PAGE));
    assertEquals(2, space.load8(AT + 2 * PAGE));
    assertEquals(2, child.load8(AT + 2 * PAGE));
    space.store8(AT + 3 * PAGE, 55);
    assertEquals(3, child.load8(AT + 3 * PAGE));
    assertEquals(3, arrived.size());
    space.clear();
    assertEquals(4, child.load8(AT + 4 * PAGE));
    child.clear();
    assertEquals(0, limit.used());
  }

  @Test
  void areFoundByBulkAndByTheirUser() {
    byte[] two = space.read(AT + 2 * PAGE - 8, 16);
    assertEquals(1, two[0]);
    assertEquals(2, two[15]);
    assertEquals(3, space.lend(AT + 3 * PAGE, false)[0]);
    assertEquals(4, space.translate(AT + 4 * PAGE, true)[0]);
    assertEquals(4, arrived.size());
  }

  @Test
  void holdCodeToo() {
    space.protect(AT, 6L * PAGE, AddressSpace.READ | AddressSpace.EXECUTE);
    space.markCode(AT + PAGE);
    assertEquals(0x0101_0101, space.fetch(AT + PAGE));
    assertEquals(1, arrived.size());
  }

  @Test
  void canBeLookedAtWithoutTheGuest() {
    assertNull(space.contents(AT));
    assertArrayEquals(filled(2), space.contents(AT + 2 * PAGE));
    List<Long> touched = new ArrayList<>();
    space.forEachTouched(AT, 6L * PAGE, touched::add);
    assertEquals(4, touched.size());
    assertEquals(AT + PAGE, touched.getFirst());
  }

  @Test
  void oneThatCannotBeHadStaysExpected() {
    boolean[] works = new boolean[1];
    space.unmap(AT + PAGE, PAGE);
    space.map(AT + PAGE, PAGE, RW, "");
    space.expect(
        AT + PAGE,
        8,
        (index, address, write) -> {
          if (!works[0]) {
            throw new MissingPage("file", "is damaged");
          }
          return filled(index);
        });
    assertThrows(MissingPage.class, () -> space.load8(AT + PAGE));
    works[0] = true;
    assertEquals(8, space.load8(AT + PAGE));
  }

  @Test
  void onlyWhatIsMappedPrivateAndUntouchedCanBeExpected() {
    space.store8(AT, 1);
    assertThrows(IllegalArgumentException.class, () -> space.expect(AT, 1, this::arrive));
    assertThrows(
        IllegalArgumentException.class, () -> space.expect(AT + 9 * PAGE, 1, this::arrive));
    space.map(new Mapping(AT + 8 * PAGE, AT + 9 * PAGE, RW, Backing.sharedAnonymous(), 0, ""));
    assertThrows(
        IllegalArgumentException.class, () -> space.expect(AT + 8 * PAGE, 1, this::arrive));
    space.map(AT + 20 * PAGE, 20L * PAGE, RW, "");
    int taken = 0;
    while (space.expect(AT + (20L + taken) * PAGE, 1, this::arrive)) {
      taken++;
    }
    assertEquals(16 - 5, taken);
    assertFalse(space.isWatchedForTouches());
  }
}
