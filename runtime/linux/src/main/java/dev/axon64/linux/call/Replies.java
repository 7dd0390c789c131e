package dev.axon64.linux.call;

import dev.axon64.linux.abi.SysError;

/** Handlers of calls that do nothing but answer. */
final class Replies {
  /** Accepts whatever is asked and does nothing. */
  static final CallTable.Handler SUCCESS = (task, a) -> 0;

  /** Does nothing, but fails with EBADF if the first argument is no open descriptor. */
  static final CallTable.Handler SUCCESS_IF_OPEN =
      (task, a) -> {
        Guest.checkOpen(task, a[0]);
        return 0;
      };

  private Replies() {}

  /** Fails, whatever is asked. */
  static CallTable.Handler error(int errno) {
    return (task, a) -> {
      throw new SysError(errno);
    };
  }
}
