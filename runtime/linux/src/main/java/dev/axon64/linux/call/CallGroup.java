package dev.axon64.linux.call;

/** Calls about one subject. */
interface CallGroup {
  /** Binds the calls to their handlers. */
  void bindTo(CallTable table);
}
