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
 * The guest's standard input from a stream of the host. A thread of its own waits for the host, and
 * only while the guest wants to read, so that the guest's clock and other processes go on.
 */
public final class HostInput {
  private static final int CHUNK = 1 << 14;

  private final InputStream stream;
  private final boolean immediate;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int at;
  private boolean ended;
  private boolean reading;

  /** Takes bytes from a stream, which is never closed. */
  public HostInput(InputStream stream) {
    this.stream = stream;
    this.immediate = stream instanceof ByteArrayInputStream;
  }

  /** Whether bytes, or the end, are there; asks the host for them if not. */
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
      if (count < 0) {
        ended = true;
      } else if (count > 0) {
        chunks.add(Arrays.copyOf(buffer, count));
      }
      notifyAll();
    }
  }

  /** Whether the host is being asked. */
  public synchronized boolean isWaiting() {
    return reading;
  }

  /** Waits at most so long for the host, if it is being asked. */
  public synchronized void await(long nanoseconds) throws InterruptedException {
    if (reading && nanoseconds > 0) {
      wait(nanoseconds / 1_000_000, (int) (nanoseconds % 1_000_000));
    }
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

  /** What was taken from the host and not read yet. */
  public synchronized byte[] unread() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int skip = at;
    for (byte[] chunk : chunks) {
      all.write(chunk, skip, chunk.length - skip);
      skip = 0;
    }
    return all.toByteArray();
  }

  /** Whether the host has said that nothing more comes. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /** Begins with bytes that were taken before, and perhaps asks for no others. */
  public synchronized void resume(byte[] unread, boolean end) {
    if (unread.length > 0) {
      chunks.addFirst(unread);
    }
    ended = end;
  }

  private synchronized long held() {
    return chunks.stream().mapToLong(c -> c.length).sum() - at;
  }

  /** An open file that reads it. */
  public OpenFile open(boolean terminal) {
    return new OpenFile(terminal ? Flags.O_RDWR : Flags.O_RDONLY, null, "/dev/stdin") {
      private final Instant made = Instant.now();

      @Override
      public Stat stat() {
        return HostOutput.stat(terminal, 1, made);
      }

      @Override
      public boolean canRead() {
        return isReady();
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        return take(to, offset, length);
      }

      @Override
      public long available() {
        return held();
      }

      @Override
      public boolean isTerminal() {
        return terminal;
      }
    };
  }
}
