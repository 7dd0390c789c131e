package dev.axon64.linux.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Prefetcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages that a prefetcher asks for are there when the guest uses them; others do no harm. */
@Timeout(60)
class FetchAheadTest {
  private static final int PAGES = 6000;
  private static final long FIRST = 0x4000;

  @TempDir Path folder;
  private Snapshot snapshot;

  /** Asks for so many pages from a given distance on. */
  private record Far(int distance, int count) implements Prefetcher {
    @Override
    public String name() {
      return "far";
    }

    @Override
    public void access(long pc, long page, boolean useful, LongConsumer fetch) {
      for (int i = 0; i < count; i++) {
        fetch.accept(page + distance + i);
      }
    }
  }

  @BeforeEach
  void write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SnapshotWriter writer = new SnapshotWriter(out)) {
      for (int i = 0; i < PAGES; i++) {
        writer.add(FIRST + i, page(i));
      }
      writer.finish("{}".getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("snapshot");
    Files.write(file, out.toByteArray());
    snapshot = Snapshot.open(file);
  }

  private static byte[] page(int i) {
    byte[] bytes = new byte[AddressSpace.PAGE];
    Arrays.fill(bytes, (byte) (i * 7));
    return bytes;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static void touch(FetchAhead ahead, int page) {
    ahead.touched(0x1000, FIRST + page << 12, false);
  }

  private FetchAhead ahead(Supplier<Prefetcher> prefetchers) {
    return new FetchAhead(snapshot, prefetchers, 0);
  }

  @Test
  void aPageThatWasGuessedIsThereOnce() {
    try (FetchAhead ahead = ahead(SnapshotTest.Next::new)) {
      assertNull(ahead.take(0));
      touch(ahead, 0);
      await(() -> ahead.counts(0, 0).fetched() == 1);
      assertArrayEquals(page(1), ahead.take(1));
      assertNull(ahead.take(1), "it is the guest's now");
      ArrivalCounts counts = ahead.counts(1, 0);
      assertEquals(1, counts.used());
      assertEquals(0, counts.unused());
      assertEquals("next", counts.prefetcher());
    }
  }

  @Test
  void pagesThatTheGuestHasAreNotFetched() {
    try (FetchAhead ahead = ahead(() -> new Far(0, 3))) {
      ahead.take(0);
      ahead.take(1);
      touch(ahead, 0);
      await(() -> ahead.counts(0, 0).fetched() == 1);
      assertNotNull(ahead.take(2));
    }
  }

  @Test
  void whatIsNotUsedSwitchesItOff() {
    try (FetchAhead ahead = ahead(() -> new Far(100, 30))) {
      for (int i = 0; i < 40 && ahead.counts(0, 0).off().isEmpty(); i++) {
        ahead.take(i);
        touch(ahead, i * 30);
        long expected = 30 * (i + 1);
        await(
            () -> ahead.counts(0, 0).fetched() >= expected || !ahead.counts(0, 0).off().isEmpty());
      }
      await(() -> !ahead.counts(0, 0).off().isEmpty());
      assertTrue(
          ahead.counts(0, 0).off().matches("of the last 5\\d\\d pages fetched only 0 were used"),
          ahead.counts(0, 0).off());
    }
  }

  @Test
  void theOldestMakeRoom() {
    try (FetchAhead ahead = ahead(() -> new Far(1, PAGES))) {
      touch(ahead, 0);
      await(() -> ahead.counts(0, 0).fetched() == PAGES - 1);
      assertNull(ahead.take(1), "dropped");
      assertArrayEquals(page(PAGES - 1), ahead.take(PAGES - 1));
    }
  }

  @Test
  void whatIsNotInTheSnapshotIsNotFetched() {
    try (FetchAhead ahead = ahead(() -> new Far(-3, 5))) {
      touch(ahead, 0);
      await(() -> ahead.counts(0, 0).fetched() == 2);
      touch(ahead, PAGES + 1);
      await(() -> ahead.counts(0, 0).fetched() == 4);
    }
  }

  @Test
  void withoutAPrefetcherTheGuestDoesWithout() {
    try (FetchAhead ahead =
        ahead(
            () -> {
              throw new InputException("weights", "no such file");
            })) {
      await(() -> !ahead.counts(0, 0).off().isEmpty());
      touch(ahead, 0);
      assertNull(ahead.take(1));
      assertEquals("weights: no such file", ahead.counts(0, 0).off());
    }
  }

  @Test
  void aSleepingThreadIsWoken() throws InterruptedException {
    try (FetchAhead ahead = ahead(SnapshotTest.Next::new)) {
      for (int i = 0; i < 5; i++) {
        Thread.sleep(5); // longer than it stays awake
        int page = 10 * i;
        long before = i;
        touch(ahead, page);
        await(() -> ahead.counts(0, 0).fetched() == before + 1);
        assertArrayEquals(page(page + 1), ahead.take(page + 1));
      }
    }
  }
}
