package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The guest's standard input, read from a stream of the host. A separate thread waits for the host,
 * so that the guest's clock and its other processes go on; it reads only when the guest wants to.
 */
public final class HostInput {
  private static final int CHUNK = 1 << 14;

  private final InputStream stream;
  private final boolean immediate;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int at;
  private boolean ended;
  private boolean reading;
  private boolean arrived;
  private final Watchers watchers = new Watchers();
  private volatile Runnable arrival = () -> {};
  private boolean woken;

  /** Input from a stream, which is never closed. */
  public HostInput(InputStream stream) {
    this.stream = stream;
    this.immediate = stream instanceof ByteArrayInputStream;
  }

  /** Whether bytes or the end have come; if not, begins to ask the host for them. */
  public synchronized boolean isReady() {
    if (!chunks.isEmpty() || ended) {
      return true;
    }
    if (immediate) {
      fill();
      return true;
    }
    if (!reading) {
      reading = true;
      Thread.ofPlatform().daemon().name("axon64-stdin").start(this::fill);
    }
    return false;
  }

  private void fill() {
    byte[] buffer = new byte[CHUNK];
    int count;
    try {
      count = stream.read(buffer);
    } catch (IOException e) {
      count = -1; // a broken stream has ended
    }
    synchronized (this) {
      reading = false;
      woken = true;
      if (count < 0) {
        ended = true;
      } else if (count > 0) {
        chunks.add(Arrays.copyOf(buffer, count));
      }
      arrived = true;
      notifyAll();
    }
    arrival.run();
  }

  /** Has something done, on whatever thread, when bytes or the end have come, or at a wake. */
  public void atArrival(Runnable action) {
    arrival = action;
  }

  /** Tells those who watch the input if bytes or the end have come since. */
  public void tellWatchers() {
    synchronized (this) {
      if (!arrived) {
        return;
      }
      arrived = false;
    }
    watchers.changed(Flags.POLLIN | Flags.POLLRDNORM);
  }

  /** Whether the host is being asked for bytes, or has answered since somebody waited. */
  public synchronized boolean isWaiting() {
    return reading || woken;
  }

  /** Ends the wait of whoever waits now, or will next. */
  public void wake() {
    synchronized (this) {
      woken = true;
      notifyAll();
    }
    arrival.run();
  }

  /**
   * Waits for the host's answer or for {@link #wake}, but no longer than the time given.
   *
   * @return whether one of them has come
   */
  public synchronized boolean await(long nanoseconds) throws InterruptedException {
    if (!woken && nanoseconds > 0) {
      wait(nanoseconds / 1_000_000, (int) (nanoseconds % 1_000_000));
    }
    boolean came = woken;
    woken = false;
    return came;
  }

  private synchronized int take(byte[] to, int offset, int length) {
    byte[] chunk = chunks.peek();
    if (chunk == null) {
      return 0;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, to, offset, count);
    at += count;
    if (at == chunk.length) {
      chunks.remove();
      at = 0;
    }
    return count;
  }

  /** Takes some of the bytes that have come; none at the end. */
  public synchronized byte[] take(int most) {
    byte[] bytes = new byte[(int) Math.min(most, held())];
    int count = take(bytes, 0, bytes.length);
    return Arrays.copyOf(bytes, count);
  }

  /** The bytes that came from the host and that the guest has not read yet. */
  public synchronized byte[] unread() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int skip = at;
    for (byte[] chunk : chunks) {
      all.write(chunk, skip, chunk.length - skip);
      skip = 0;
    }
    return all.toByteArray();
  }

  /** Whether the stream has ended. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /**
   * Continues the input of a guest that was interrupted.
   *
   * @param unread bytes that are read first
   * @param end whether nothing follows them
   */
  public synchronized void resume(byte[] unread, boolean end) {
    if (unread.length > 0) {
      chunks.addFirst(unread);
    }
    ended = end;
  }

  private synchronized long held() {
    return chunks.stream().mapToLong(c -> c.length).sum() - at;
  }

  /** An open file that reads the input. */
  public OpenFile open() {
    return new OpenFile(Flags.O_RDONLY, null, "/dev/stdin") {
      private final Instant made = Instant.now();

      @Override
      public Stat stat() {
        return HostOutput.stat(1, made);
      }

      @Override
      public boolean canRead() {
        return isReady();
      }

      @Override
      public int ready() {
        return isReady() ? Flags.POLLIN | Flags.POLLRDNORM : 0;
      }

      @Override
      public boolean canPoll() {
        return true;
      }

      @Override
      public void watch(Watcher watcher) {
        watchers.add(watcher);
      }

      @Override
      public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        return take(to, offset, length);
      }

      @Override
      public long available() {
        return held();
      }
    };
  }
}
