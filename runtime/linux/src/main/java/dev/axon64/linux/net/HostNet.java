package dev.axon64.linux.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The host's network, where sockets of guests are sockets of the host. */
public final class HostNet implements AutoCloseable {
  private final Selector selector;
  private final Set<Socket> waiting = new HashSet<>();

  public HostNet() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A socket that a channel of the host belongs to. */
  interface Member {
    /** The channel is ready for operations that {@link #await} was asked for. */
    void selected(int operations);
  }

  /** Makes a channel known, which nobody waits for yet. */
  SelectionKey register(SelectableChannel channel, Member member) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, 0, member);
  }

  /** Tells a socket once when its channel is ready for these operations. */
  void await(SelectionKey key, int operations) {
    if (key.isValid() && (key.interestOps() & operations) != operations) {
      key.interestOpsOr(operations);
    }
    waiting.add((Socket) key.attachment());
  }

  /** Closes a channel; without a selection the host would keep it open until the next one. */
  void close(SelectionKey key) {
    waiting.remove((Socket) key.attachment());
    try {
      key.channel().close();
      selector.selectNow();
    } catch (IOException e) {
      return; // it is closed nevertheless
    }
  }

  /** Whether a thread waits for the host's network. */
  public boolean isAwaited() {
    return waiting.stream().anyMatch(socket -> socket.watchers.isAwaited());
  }

  /** Tells the sockets whose channels are ready, without waiting. */
  public void poll() {
    if (!waiting.isEmpty()) {
      select(-1);
    }
  }

  /**
   * Waits until a channel is ready or {@link #wakeUp} is called, and tells the sockets.
   *
   * @return whether a channel was ready
   */
  public boolean await(long nanoseconds) {
    return select(Math.max(0, (nanoseconds + 999_999) / 1_000_000));
  }

  /** Ends a wait from another thread. */
  public void wakeUp() {
    selector.wakeup();
  }

  private boolean select(long milliseconds) {
    try {
      if (milliseconds <= 0) {
        selector.selectNow();
      } else {
        selector.select(milliseconds);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<SelectionKey> keys = new ArrayList<>(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : keys) {
      if (key.isValid()) {
        int ready = key.readyOps();
        key.interestOpsAnd(~ready);
        if (key.interestOps() == 0) {
          waiting.remove((Socket) key.attachment());
        }
        ((Member) key.attachment()).selected(ready);
      }
    }
    return !keys.isEmpty();
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
