package dev.axon64.machine.memory;

/** The spaces that share a page. */
interface Sharers {
  /** Makes the next store of each of them bypass its cache. */
  void forgetWritable();
}
