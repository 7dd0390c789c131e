package dev.axon64.bench.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.snapshot.ArrivalCounts;
import dev.axon64.propose.prefetch.NextLine;
import dev.axon64.propose.prefetch.StrideTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is measured of guests that end as they should. */
class RestoreRunTest {
  private static final int TABLE_PAGES = 8192;

  @TempDir Path folder;

  @Test
  void everyPageComesOnceOnDemandOrAhead() {
    RestoreRun run = new RestoreRun(TableGuest.WALK, folder);
    assertTrue(run.pages() >= TABLE_PAGES && run.pages() < TABLE_PAGES + 20);
    ArrivalCounts none = run.restore(Guesser.none()).counts();
    assertEquals(0, none.fetched());
    assertTrue(none.onDemand() >= TABLE_PAGES, "arrived " + none.onDemand());
    for (Guesser guesser :
        List.of(
            Guesser.by("next page", NextLine::new), Guesser.by("stride table", StrideTable::new))) {
      ArrivalCounts counts = run.restore(guesser).counts();
      assertEquals(none.onDemand(), counts.onDemand() + counts.used(), guesser.label());
      assertTrue(counts.used() + counts.late() <= counts.fetched(), guesser.label());
    }
  }

  @Test
  void aGuestThatChasesUsesFewerPages() {
    RestoreRun run = new RestoreRun(TableGuest.CHASE, folder);
    ArrivalCounts counts = run.restore(Guesser.none()).counts();
    assertTrue(counts.onDemand() > TABLE_PAGES / 2 && counts.onDemand() < TABLE_PAGES);
  }
}
