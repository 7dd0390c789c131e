package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.MissingPage;
import dev.axon64.machine.memory.Prefetcher;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Reads pages that a prefetcher guesses, on a separate thread, and holds them until the guest uses
 * them. It stops if the guest uses only few of them.
 */
final class FetchAhead implements AutoCloseable {
  /** How many pages are held, 16 MiB; the oldest is dropped first. A power of two. */
  private static final int MOST_HELD = 1 << 12;

  /** Pages that are fetched between two checks of whether the guest uses them. */
  private static final int TRIAL = 512;

  /** One page of so many must be used. */
  private static final int WORTH = 8;

  /** Bytes that the prefetcher is told a first use has, whose size is not known. */
  private static final int TOUCH_BYTES = 8;

  /** First uses that may have followed one from which pages are guessed. */
  private static final int MOST_BEHIND = 4;

  /** Stands for a page that the guest has already. */
  private static final byte[] GONE = new byte[0];

  private final Snapshot snapshot;
  private final Supplier<Prefetcher> prefetchers;
  private final int patience;
  private final AtomicReferenceArray<byte[]> held;
  private final TouchQueue touches = new TouchQueue();
  private final Thread thread;

  // Written by the guest's thread only.
  private volatile long used;

  // Written by the fetching thread only.
  private final int[] order = new int[MOST_HELD];
  private PageReader reader;
  private volatile Prefetcher prefetcher;
  private volatile String off = "";
  private volatile long fetched;
  private volatile long late;
  private volatile long guessing;
  private volatile long fetching;
  private long judgedFetched;
  private long judgedUsed;

  /**
   * Starts the fetching thread.
   *
   * @param prefetchers makes the prefetcher; called on the new thread, since that may take long
   * @param patience first uses of pages before the prefetcher is made, which a guest that uses
   *     fewer would not profit from
   */
  FetchAhead(Snapshot snapshot, Supplier<Prefetcher> prefetchers, int patience) {
    this.snapshot = snapshot;
    this.prefetchers = prefetchers;
    this.patience = patience;
    this.held = new AtomicReferenceArray<>(snapshot.pages());
    this.thread = Thread.ofPlatform().daemon().name("axon64-pages").start(this::work);
  }

  // On the guest's thread.

  /** Takes a page for the guest, which has it from now on; null if it is not held. */
  byte[] take(int index) {
    byte[] bytes = held.getAndSet(index, GONE);
    if (bytes == null || bytes == GONE) {
      return null;
    }
    used++;
    return bytes;
  }

  /** Tells the prefetcher that the guest has used a page for the first time. */
  void touched(long pc, long address, boolean write) {
    if (off.isEmpty()) {
      touches.add(pc, address, write);
    }
  }

  /** Ends the thread and waits for its end, unless it is still making the prefetcher. */
  @Override
  public void close() {
    touches.close();
    boolean interrupted = false;
    while (prefetcher != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The counts, which are exact after {@link #close}. */
  ArrivalCounts counts(long onDemand, long stalled) {
    Prefetcher guesser = prefetcher;
    return new ArrivalCounts(
        guesser == null ? "none" : guesser.name(),
        snapshot.pages(),
        onDemand,
        used,
        fetched,
        late,
        stalled,
        guessing,
        fetching,
        guesser == null ? 0 : guesser.inferences(),
        touches.missed(),
        off);
  }

  // On the fetching thread.

  private void work() {
    try (PageReader pages = snapshot.reader()) {
      reader = pages;
      if (!touches.await(patience)) {
        return;
      }
      prefetcher = prefetchers.get();
      while (off.isEmpty() && touches.next(this::follow)) {
        judge();
      }
    } catch (InputException e) {
      off = e.getMessage(); // the guest goes on without
    }
  }

  /** Follows a first use; from one that lies far back pages are not guessed any more. */
  private void follow(long pc, long address, boolean write, long behind) {
    long before = fetching;
    long start = System.nanoTime();
    prefetcher.touch(pc, address, TOUCH_BYTES, write);
    prefetcher.access(pc, address >>> 12, behind <= MOST_BEHIND, this::fetch);
    guessing += System.nanoTime() - start - (fetching - before);
  }

  private void fetch(long number) {
    int index = snapshot.index().page(number);
    if (index < 0 || held.get(index) != null) {
      return;
    }
    long start = System.nanoTime();
    byte[] bytes;
    try {
      bytes = reader.read(index);
    } catch (MissingPage e) {
      return; // the guest will find out if it uses the page
    }
    if (held.compareAndSet(index, null, bytes)) {
      makeRoom(index);
    } else {
      late++;
    }
    fetched++;
    fetching += System.nanoTime() - start;
  }

  /** Notes that a page is held, and drops the oldest page if it is still held. */
  private void makeRoom(int index) {
    int place = (int) (fetched - late) & MOST_HELD - 1;
    if (fetched - late >= MOST_HELD) {
      int oldest = order[place];
      byte[] bytes = held.get(oldest);
      if (bytes != null && bytes != GONE) {
        held.compareAndSet(oldest, bytes, null);
      }
    }
    order[place] = index;
  }

  private void judge() {
    long tried = fetched - judgedFetched;
    if (tried < TRIAL) {
      return;
    }
    long worth = used - judgedUsed;
    if (worth * WORTH < tried) {
      off = "of the last %,d pages fetched only %,d were used".formatted(tried, worth);
    }
    judgedFetched = fetched;
    judgedUsed = used;
  }
}
