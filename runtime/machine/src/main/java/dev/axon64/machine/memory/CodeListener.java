package dev.axon64.machine.memory;

/** Told when decoded code becomes stale. */
@FunctionalInterface
public interface CodeListener {
  /**
   * A page marked as code is about to be written, or was unmapped or re-protected. Its mark is
   * gone: whoever decodes it again must mark it again. Must not access the memory.
   *
   * @param page its address
   */
  void codeChanged(long page);
}
