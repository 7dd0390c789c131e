package dev.axon64.system.virtio;

import dev.axon64.system.device.State;
import java.io.IOException;

/** A kind of device behind the registers that all virtio devices have. */
public interface VirtioDevice extends State.Of {
  /** The number of its kind. */
  int id();

  /** The features that it offers beside those of the transport. */
  default long features() {
    return 0;
  }

  /** The number of its queues. */
  int queues();

  /** A byte of its configuration; 0 behind its end. */
  default int configuration(int offset) {
    return 0;
  }

  /**
   * Serves a request.
   *
   * @param queue the queue that it was in
   * @return the number of bytes written
   * @throws BadRequest if the driver has made it wrongly
   */
  int serve(int queue, Request request);

  /** Whether requests in a queue wait until the device has something to put into them. */
  default boolean holds(int queue) {
    return false;
  }

  /** Tells it where to put what comes from outside. */
  default void connect(Deliveries deliveries) {
    // most have nothing to deliver
  }

  /**
   * A driver begins to use it.
   *
   * @param features those that the driver knows
   */
  default void start(long features) {
    // most have no choice
  }

  /** Most keep nothing but what their configuration says. */
  @Override
  default void state(State state) throws IOException {
    // nothing
  }

  /** The queues that a device holds. */
  interface Deliveries {
    /** Whether a request waits in a queue. */
    boolean isRequested(int queue);

    /**
     * Puts bytes into the next request of a queue.
     *
     * @return whether there was one
     */
    boolean deliver(int queue, byte[] bytes);
  }
}
