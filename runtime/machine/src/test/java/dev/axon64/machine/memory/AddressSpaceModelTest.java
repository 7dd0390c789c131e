package dev.axon64.machine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.MemoryFault.Access;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random maps, protections, accesses, moves and forks do what they do to {@link ModelSpace}. {@code
 * -Daxon64.tries=N} makes N/1000 times as many.
 */
class AddressSpaceModelTest {
  private static final int PAGE = AddressSpace.PAGE;
  private static final long BASE = 0x7f_ffff_c000L; // crosses the borders of the page table
  private static final int PAGES = 10;
  private static final int STEPS = 300;
  private static final int ROUNDS = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 1000);
  private static final int MOST_SPACES = 4;
  private static final long MOST = 64L << 20;

  /** A space, what it should be, and the pages that its listener was told of. */
  private record Pair(AddressSpace real, ModelSpace model) {}

  private MemoryLimit limit;
  private final List<Pair> pairs = new ArrayList<>();
  private Random random;

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 150)
  void doesWhatTheModelDoes(@ForAll("seeds") long seed) {
    random = new Random(seed);
    limit = random.nextBoolean() ? MemoryLimit.flat(MOST) : new MemoryLimit(MOST);
    for (int round = 0; round < ROUNDS; round++) {
      compareWithModel();
    }
  }

  private void compareWithModel() {
    pairs.clear();
    pairs.add(new Pair(new AddressSpace(limit), new ModelSpace()));
    for (int i = 0; i < STEPS; i++) {
      step(pairs.get(random.nextInt(pairs.size())));
    }
    for (Pair pair : pairs) {
      pair.real.clear();
      assertEquals(0, pair.real.mappedBytes());
    }
    assertEquals(0, limit.used(), "every page is given back once");
  }

  private void step(Pair pair) {
    long start = BASE + (long) random.nextInt(PAGES) * PAGE;
    long size = (1L + random.nextInt(3)) * PAGE;
    int protection = random.nextInt(8);
    switch (random.nextInt(20)) {
      case 0, 1 -> {
        boolean shared = random.nextBoolean();
        Backing backing = shared ? Backing.sharedAnonymous() : Backing.anonymous();
        pair.real.map(new Mapping(start, start + size, protection, backing, 0, ""));
        pair.model.map(start, size, protection, shared);
      }
      case 2 -> {
        pair.real.unmap(start, size);
        pair.model.unmap(start, size);
      }
      case 3, 4 ->
          assertEquals(
              pair.model.protect(start, size, protection),
              pair.real.protect(start, size, protection));
      case 5 -> {
        pair.real.discard(start, size);
        pair.model.discard(start, size);
      }
      case 6 -> move(pair, start, size);
      case 7 -> fork(pair);
      default -> access(pair);
    }
  }

  private void move(Pair pair, long from, long size) {
    long to = BASE + (PAGES + 2L + random.nextInt(PAGES)) * PAGE;
    if (pair.model.isMapped(from, size, true) && pair.model.isMapped(to, size, false)) {
      pair.real.move(from, size, to);
      pair.model.move(from, size, to);
    }
  }

  private void fork(Pair pair) {
    if (pairs.size() < MOST_SPACES) {
      pairs.add(new Pair(pair.real.fork(), pair.model.fork()));
    } else {
      pairs.remove(pair);
      pair.real.clear();
    }
  }

  private void access(Pair pair) {
    long address = BASE + random.nextInt(2 * PAGES + 4) * (long) PAGE;
    address += random.nextInt(3) == 0 ? PAGE - random.nextInt(9) : random.nextInt(PAGE);
    long at = address;
    int size = 1 << random.nextInt(4);
    long value = random.nextLong();
    AddressSpace real = pair.real;
    ModelSpace model = pair.model;
    switch (random.nextInt(9)) {
      case 7 -> many(pair, at, random.nextInt(3 * PAGE), value);
      case 8 -> adjoining(pair, at, random.nextInt(3 * PAGE), value);
      case 5 -> direct(pair, at, size, value);
      case 6 -> detour(pair, at, size, value);
      case 0, 1 ->
          assertEquals(
              outcome(() -> model.load(at, size, Access.READ, AddressSpace.READ)),
              outcome(() -> real.load(at, size)),
              () -> "load of " + size + " at " + Long.toHexString(at));
      case 2, 3 ->
          assertEquals(
              outcome(
                  () -> {
                    model.store(at, size, value);
                    return 0;
                  }),
              outcome(
                  () -> {
                    real.store(at, size, value);
                    return 0;
                  }),
              () -> "store of " + size + " at " + Long.toHexString(at));
      default ->
          assertEquals(
              outcome(() -> model.load(at & -4, 4, Access.EXECUTE, AddressSpace.EXECUTE)),
              outcome(() -> real.fetch(at & -4) & 0xffffffffL));
    }
  }

  /** Accesses outside the heap, as translated code makes them, are those of the model. */
  private void direct(Pair pair, long at, int size, long value) {
    MemoryRange read = pair.real.range(at, false, 0);
    if (Long.compareUnsigned(at - read.start, read.length) < 0) {
      compareRaw(pair.model, at, size, at + read.delta);
    }
    MemoryRange write = pair.real.range(at, true, 0);
    if (Long.compareUnsigned(at - write.start, write.length) < 0) {
      storeRaw(pair.model, at, size, value, at + write.delta);
    }
  }

  private void detour(Pair pair, long at, int size, long value) {
    if (pair.real.isFlat()) {
      long from = pair.real.readablePlace(at, size);
      if (from != 0) {
        compareRaw(pair.model, at, size, from);
      }
      long to = pair.real.writablePlace(at, size);
      if (to != 0) {
        storeRaw(pair.model, at, size, value, to);
      }
    }
  }

  /** Reads and writes of many bytes end where the model's loads and stores do. */
  private void many(Pair pair, long at, int length, long value) {
    byte[] bytes = new byte[length + 2];
    AddressSpace real = pair.real;
    assertEquals(
        outcome(() -> checksum(model(pair, at, length))),
        outcome(
            () -> {
              real.read(at, bytes, 1, length);
              return checksum(Arrays.copyOfRange(bytes, 1, length + 1));
            }));
    new Random(value).nextBytes(bytes);
    assertEquals(
        outcome(
            () -> {
              for (int i = 0; i < length; i++) {
                pair.model.store(at + i, 1, bytes[1 + i]);
              }
              return 0;
            }),
        outcome(
            () -> {
              real.write(at, bytes, 1, length);
              return 0;
            }));
  }

  private static byte[] model(Pair pair, long at, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) pair.model.load(at + i, 1, Access.READ, AddressSpace.READ);
    }
    return bytes;
  }

  private static long checksum(byte[] bytes) {
    return Arrays.hashCode(bytes);
  }

  /** What the host is handed are the model's bytes, and the guest sees what the host puts there. */
  private void adjoining(Pair pair, long at, int length, long value) {
    boolean write = value % 2 == 0;
    Access access = write ? Access.WRITE : Access.READ;
    ByteBuffer there;
    try {
      there = pair.real.adjoining(at, length, write);
    } catch (MemoryFault fault) {
      assertEquals(outcome(() -> first(pair.model, at, write)), fault.getMessage());
      return;
    }
    assertTrue(there.remaining() <= length);
    for (int i = 0; i < there.limit(); i++) {
      long next = at + i;
      if (write) {
        pair.model.store(next, 1, value + i);
        there.put(i, (byte) (value + i));
      } else {
        assertEquals((byte) pair.model.load(next, 1, access, AddressSpace.READ), there.get(i));
      }
    }
  }

  private static long first(ModelSpace model, long at, boolean write) {
    if (write) {
      model.store(at, 1, 0);
      return 0;
    }
    return model.load(at, 1, Access.READ, AddressSpace.READ);
  }

  private static void compareRaw(ModelSpace model, long at, int size, long place) {
    String expected = outcome(() -> model.load(at, size, Access.READ, AddressSpace.READ));
    assertEquals(
        expected,
        outcome(
            () ->
                switch (size) {
                  case 1 -> RawMemory.load8(place);
                  case 2 -> RawMemory.load16(place);
                  case 4 -> RawMemory.load32(place) & 0xffff_ffffL;
                  default -> RawMemory.load64(place);
                }));
  }

  private static void storeRaw(ModelSpace model, long at, int size, long value, long place) {
    model.store(at, size, value);
    switch (size) {
      case 1 -> RawMemory.store8(place, (int) value);
      case 2 -> RawMemory.store16(place, (int) value);
      case 4 -> RawMemory.store32(place, (int) value);
      default -> RawMemory.store64(place, value);
    }
  }

  private static String outcome(LongSupplier action) {
    try {
      return Long.toHexString(action.getAsLong());
    } catch (MemoryFault fault) {
      return fault.getMessage();
    }
  }

  /** Decoded code is never stale: the listener hears of every change before the next fetch. */
  @Property(tries = 100)
  void tellsOfEveryChangeToCode(@ForAll("seeds") long seed) {
    random = new Random(seed);
    limit = random.nextBoolean() ? MemoryLimit.flat(MOST) : new MemoryLimit(MOST);
    for (int round = 0; round < ROUNDS; round++) {
      compareCode();
    }
  }

  private void compareCode() {
    pairs.clear();
    AddressSpace space = new AddressSpace(limit);
    space.map(BASE, PAGES * (long) PAGE, 7, "");
    pairs.add(new Pair(space, modelOf()));
    Map<Long, byte[]> decoded = new HashMap<>();
    space.addCodeListener(decoded::remove);
    for (int i = 0; i < STEPS; i++) {
      long page = BASE + (long) random.nextInt(PAGES) * PAGE;
      if (random.nextInt(3) == 0 && canExecute(space, page)) {
        space.markCode(page);
        decoded.put(page, bytes(space, page));
      } else {
        step(pairs.get(random.nextInt(pairs.size())));
      }
      decoded.forEach(
          (address, old) -> {
            assertTrue(canExecute(space, address), "code that was taken away is told of");
            assertArrayEquals(old, bytes(space, address));
          });
    }
    pairs.forEach(p -> p.real.clear());
  }

  private static ModelSpace modelOf() {
    ModelSpace model = new ModelSpace();
    model.map(BASE, PAGES * (long) PAGE, 7, false);
    return model;
  }

  private static boolean canExecute(AddressSpace space, long page) {
    Mapping mapping = space.mappingAt(page);
    return mapping != null && (mapping.protection() & AddressSpace.EXECUTE) != 0;
  }

  private static byte[] bytes(AddressSpace space, long page) {
    byte[] bytes = new byte[PAGE];
    for (int i = 0; i < PAGE; i += 4) {
      int word = space.fetch(page + i);
      for (int k = 0; k < 4; k++) {
        bytes[i + k] = (byte) (word >>> 8 * k);
      }
    }
    return bytes;
  }
}
