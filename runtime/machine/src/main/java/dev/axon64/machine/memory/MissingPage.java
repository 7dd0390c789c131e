package dev.axon64.machine.memory;

import dev.axon64.codegen.support.InputException;

/**
 * An expected page that cannot be brought, so that the guest cannot go on through no fault of its
 * own.
 */
public final class MissingPage extends InputException {
  private static final long serialVersionUID = 1L;

  /** Makes the error from where the page should have come and what is wrong there. */
  public MissingPage(String where, String what) {
    super(where, what);
  }

  /** Makes the same error with a cause. */
  public MissingPage(String where, String what, Throwable cause) {
    super(where, what, cause);
  }
}
