package dev.axon64.machine.memory;

/** Is told when decoded code becomes stale. */
@FunctionalInterface
public interface CodeListener {
  /**
   * Drops the code of a page that is about to be written, unmapped or re-protected. The page's mark
   * is gone, so code that decodes it again must mark it again. Must not access the memory.
   *
   * @param page its address
   */
  void codeChanged(long page);
}
