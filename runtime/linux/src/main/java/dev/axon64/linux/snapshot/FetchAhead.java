package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.MissingPage;
import dev.axon64.machine.memory.Prefetcher;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Reads pages that a prefetcher guesses, on a thread of its own, and holds them until the guest's
 * thread wants them. Where few of them are wanted it stops.
 */
final class FetchAhead implements AutoCloseable {
  /** Pages held at most, 16 MiB; the oldest goes first. A power of two. */
  private static final int MOST_HELD = 1 << 12;

  /** Pages fetched before it is asked again whether they are used. */
  private static final int TRIAL = 512;

  /** One of so many must be used. */
  private static final int WORTH = 8;

  /** What is said to the prefetcher about how many bytes of a page were used first. */
  private static final int TOUCH_BYTES = 8;

  /** From a use of a page that so many have followed nothing is guessed any more. */
  private static final int MOST_BEHIND = 4;

  /** Stands for a page that the guest has. */
  private static final byte[] GONE = new byte[0];

  private final Snapshot snapshot;
  private final Supplier<Prefetcher> prefetchers;
  private final int patience;
  private final AtomicReferenceArray<byte[]> held;
  private final TouchQueue touches = new TouchQueue();
  private final Thread thread;

  // Written by the guest's thread alone.
  private volatile long used;

  // Written by this thread alone.
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
   * Begins.
   *
   * @param prefetchers makes the one that guesses; asked on the new thread, since that may take
   *     long
   * @param patience uses of pages before it is asked: who uses fewer has nothing from it
   */
  FetchAhead(Snapshot snapshot, Supplier<Prefetcher> prefetchers, int patience) {
    this.snapshot = snapshot;
    this.prefetchers = prefetchers;
    this.patience = patience;
    this.held = new AtomicReferenceArray<>(snapshot.pages());
    this.thread = Thread.ofPlatform().daemon().name("axon64-pages").start(this::work);
  }

  // The guest's thread.

  /** A page that is here, or null; from now on the guest has it. */
  byte[] take(int index) {
    byte[] bytes = held.getAndSet(index, GONE);
    if (bytes == null || bytes == GONE) {
      return null;
    }
    used++;
    return bytes;
  }

  /** The guest has used a page for the first time. */
  void touched(long pc, long address, boolean write) {
    if (off.isEmpty()) {
      touches.add(pc, address, write);
    }
  }

  /** Ends, and waits for the thread to have ended, unless it is still making the prefetcher. */
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

  /** The figures, after {@link #close} or roughly. */
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

  // This thread.

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
      off = e.getMessage(); // the guest does without
    }
  }

  /** What lies far back is only learnt from: what could be guessed from it has come to pass. */
  private void follow(long pc, long address, boolean write, long behind) {
    long before = fetching;
    long start = System.nanoTime();
    prefetcher.touch(pc, address, TOUCH_BYTES, write);
    prefetcher.access(pc, address >>> 12, behind <= MOST_BEHIND, this::fetch);
    guessing += System.nanoTime() - start - (fetching - before);
  }

  private void fetch(long number) {
    int index = snapshot.index(number);
    if (index < 0 || held.get(index) != null) {
      return;
    }
    long start = System.nanoTime();
    byte[] bytes;
    try {
      bytes = reader.read(index);
    } catch (MissingPage e) {
      return; // the guest finds out itself, if it ever wants it
    }
    if (held.compareAndSet(index, null, bytes)) {
      makeRoom(index);
    } else {
      late++;
    }
    fetched++;
    fetching += System.nanoTime() - start;
  }

  /** Remembers a page's turn in the place of the oldest, which is dropped if it is still here. */
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
