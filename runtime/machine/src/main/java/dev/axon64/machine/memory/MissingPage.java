package dev.axon64.machine.memory;

import dev.axon64.codegen.support.InputException;

/** An expected page cannot be brought: the guest cannot go on, and is not at fault. */
public final class MissingPage extends InputException {
  private static final long serialVersionUID = 1L;

  /** Says where the page should have come from, and what is wrong there. */
  public MissingPage(String where, String what) {
    super(where, what);
  }

  /** Says the same, and keeps the cause. */
  public MissingPage(String where, String what, Throwable cause) {
    super(where, what, cause);
  }
}
