package dev.axon64.system.virtio;

/** A kind of device behind the registers that all virtio devices have. */
public interface VirtioDevice {
  /** The number of its kind. */
  int id();

  /** The features that it offers beside those of the transport. */
  long features();

  /** The number of its queues. */
  int queues();

  /** A byte of its configuration; 0 behind its end. */
  int configuration(int offset);

  /**
   * Serves a request.
   *
   * @param queue the queue that it was in
   * @return the number of bytes written
   * @throws BadRequest if the driver has made it wrongly
   */
  int serve(int queue, Request request);
}
