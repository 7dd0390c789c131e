package dev.axon64.linux.call;

/** Calls about one subject. */
interface CallGroup {
  /** Says what makes each of them. */
  void bindTo(CallTable table);
}
