package dev.axon64.system.virtio;

/** A driver has broken the rules of a queue: the device stops until it is reset. No stack trace. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequest(String what) {
    super(what, null, false, false);
  }
}
