package dev.axon64.machine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the model does not show: faults' details, limits, tags, code marks, file mappings. */
class AddressSpaceTest {
  private static final int PAGE = AddressSpace.PAGE;
  private static final long AT = 0x40_0000;
  private static final int RW = AddressSpace.READ | AddressSpace.WRITE;

  private final MemoryLimit limit = new MemoryLimit(16L * PAGE);
  private final AddressSpace space = new AddressSpace(limit);

  @Test
  void aStoreAcrossPagesWritesBothOrNeither() {
    space.map(AT, PAGE, RW, "");
    MemoryFault fault = assertThrows(MemoryFault.class, () -> space.store64(AT + PAGE - 3, -1));
    assertEquals(AT + PAGE, fault.address);
    assertEquals(Access.WRITE, fault.access);
    assertEquals(Reason.UNMAPPED, fault.reason);
    assertEquals(0, space.load32(AT + PAGE - 4));
  }

  @Test
  void theTopByteIsIgnoredAndOthersAreNot() {
    space.map(AT, PAGE, RW, "");
    space.store64(AT, 42);
    long tagged = 0xab00_0000_0000_0000L | AT;
    assertEquals(42, space.load64(tagged));
    space.store64(tagged + 8, 43);
    assertEquals(43, space.load64(AT + 8));
    long beyond = 1L << 48 | AT;
    assertEquals(beyond, assertThrows(MemoryFault.class, () -> space.load8(beyond)).address);
    space.unmap(AT, PAGE);
    assertThrows(MemoryFault.class, () -> space.load64(tagged), "the tagged way is forgotten too");
  }

  @Test
  void onlyWrittenPagesCount() {
    space.map(AT, 1L << 30, RW, "");
    for (long page = 0; page < 1000; page++) {
      assertEquals(0, space.load8(AT + page * PAGE));
    }
    assertEquals(0, limit.used());
    for (long page = 0; page < 16; page++) {
      space.store8(AT + page * PAGE, 1);
    }
    assertEquals(16L * PAGE, limit.used());
    MemoryFault fault = assertThrows(MemoryFault.class, () -> space.store8(AT + 16L * PAGE, 1));
    assertEquals(Reason.EXHAUSTED, fault.reason);
    space.discard(AT, 8L * PAGE);
    space.store8(AT + 16L * PAGE, 1);
    assertEquals(9L * PAGE, limit.used());
  }

  @Test
  void tablesOfScatteredPagesAreLimitedToo() {
    long step = 1L << 30;
    MemoryFault fault =
        assertThrows(
            MemoryFault.class,
            () -> {
              for (long at = step; ; at += step) {
                space.map(at, PAGE, RW, "");
                space.load8(at);
              }
            });
    assertEquals(Reason.EXHAUSTED, fault.reason);
    space.clear();
    space.map(AT, PAGE, RW, "");
    assertEquals(0, space.load8(AT));
  }

  @Test
  void privateFilesAreReadOnceAndKeepTheirChanges() {
    byte[] file = new byte[PAGE + 100];
    Arrays.fill(file, (byte) 7);
    Backing.Source source =
        (offset, page) -> {
          if (offset >= file.length) {
            return false;
          }
          System.arraycopy(file, (int) offset, page, 0, (int) Math.min(PAGE, file.length - offset));
          return true;
        };
    space.map(new Mapping(AT, AT + 3L * PAGE, RW, Backing.privateFile(source), 0, "file"));
    assertEquals(7, space.load8(AT + PAGE + 99));
    assertEquals(0, space.load8(AT + PAGE + 100));
    space.store8(AT, 9);
    assertEquals(7, file[0]);
    MemoryFault fault = assertThrows(MemoryFault.class, () -> space.load8(AT + 2L * PAGE));
    assertEquals(Reason.BEYOND_FILE, fault.reason);
  }

  @Test
  void sharedPagesAreSeen() {
    Backing backing = Backing.sharedAnonymous();
    space.map(new Mapping(AT, AT + PAGE, RW, backing, 0, ""));
    AddressSpace child = space.fork();
    child.store8(AT + 5, 77);
    assertEquals(77, space.load8(AT + 5));
    space.clear();
    assertEquals(77, child.load8(AT + 5));
    child.clear();
    assertEquals(0, limit.used());
  }

  @Test
  void codeIsToldOfOnceForEachMark() {
    List<Long> told = new ArrayList<>();
    space.addCodeListener(told::add);
    space.map(AT, 2L * PAGE, 7, "");
    space.store32(AT, 1);
    space.markCode(AT);
    space.markCode(AT);
    space.store32(AT + 8, 2);
    space.store32(AT + 12, 3);
    assertEquals(List.of(AT), told);
    space.markCode(AT + PAGE);
    space.protect(AT, 2L * PAGE, AddressSpace.READ);
    assertEquals(List.of(AT, AT + PAGE), told);
    assertEquals(
        Reason.FORBIDDEN, assertThrows(MemoryFault.class, () -> space.markCode(AT)).reason);
  }

  @Test
  void codeWrittenThroughAnotherMappingIsToldOf() {
    List<Long> told = new ArrayList<>();
    space.addCodeListener(told::add);
    Backing backing = Backing.sharedAnonymous();
    long other = AT + 16L * PAGE;
    space.map(new Mapping(AT, AT + PAGE, 5, backing, 0, ""));
    space.map(new Mapping(other, other + PAGE, RW, backing, 0, ""));
    space.store32(other, 0xd503201fL);
    assertEquals(0xd503201f, space.fetch(AT));
    space.markCode(AT);
    space.store32(other, 1);
    assertEquals(List.of(AT), told);
    assertEquals(1, space.fetch(AT));
  }

  @Test
  void bulkAccessCrossesPagesAndStopsAtHoles() {
    space.map(AT, 2L * PAGE, RW, "");
    byte[] bytes = new byte[PAGE];
    new Random(1).nextBytes(bytes);
    space.write(AT + 100, bytes);
    assertArrayEquals(bytes, space.read(AT + 100, PAGE));
    MemoryFault fault = assertThrows(MemoryFault.class, () -> space.read(AT + PAGE, 2 * PAGE));
    assertEquals(AT + 2L * PAGE, fault.address);
    assertEquals(2L * PAGE - 5, space.accessible(AT + 5, 1 << 20, RW));
    assertEquals(0, space.accessible(AT + 2L * PAGE, 1, RW));
  }

  @Test
  void mappingsAreJoinedAndCut() {
    space.map(AT, PAGE, RW, "");
    space.map(AT + PAGE, PAGE, RW, "");
    assertEquals(1, space.mappingCount());
    assertTrue(space.protect(AT, PAGE, AddressSpace.READ));
    assertEquals(2, space.mappingCount());
    assertTrue(space.protect(AT, PAGE, RW));
    assertEquals(1, space.mappingCount());
    space.map(AT + 2L * PAGE, 4L * PAGE, RW, "other");
    space.unmap(AT + 3L * PAGE, PAGE);
    assertEquals(3, space.mappingCount());
    assertEquals(5L * PAGE, space.mappedBytes());
    assertEquals(AT + 3L * PAGE, space.highestGap(PAGE, AT, AT + 6L * PAGE));
    assertEquals(-1, space.highestGap(2L * PAGE, AT, AT + 6L * PAGE));
  }
}
