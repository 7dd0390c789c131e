package dev.axon64.linux.net;

/**
 * Something of the host that guests reach through sockets of their machine. It works on the
 * machine's thread, between the turns of guests, and never waits.
 */
public interface HostService {
  /** Takes and gives what can be taken and given now. */
  void poll();

  /** Told when all guests wait, and nothing changes before something comes. */
  default void settle() {}

  /** Whether something may come from the host that guests wait for. */
  boolean isAwaited();

  /** Both of two services. */
  static HostService of(HostService one, HostService other) {
    return new HostService() {
      @Override
      public void poll() {
        one.poll();
        other.poll();
      }

      @Override
      public void settle() {
        one.settle();
        other.settle();
      }

      @Override
      public boolean isAwaited() {
        return one.isAwaited() || other.isAwaited();
      }
    };
  }

  /** The service of a machine that has none. */
  HostService NONE =
      new HostService() {
        @Override
        public void poll() {}

        @Override
        public boolean isAwaited() {
          return false;
        }
      };
}
