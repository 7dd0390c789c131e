package dev.axon64.machine.memory;

import dev.axon64.codegen.support.InputException;

/** An expected page cannot be had, so that the guest cannot go on: no fault of the guest's. */
public final class MissingPage extends InputException {
  private static final long serialVersionUID = 1L;

  /** See {@link InputException}. */
  public MissingPage(String where, String what) {
    super(where, what);
  }

  /** The same, keeping the cause. */
  public MissingPage(String where, String what, Throwable cause) {
    super(where, what, cause);
  }
}
