package dev.axon64.linux.abi;

/** A system call that fails. Has no stack trace, since guests cause it all the time. */
public final class SysError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One of {@link Errno}. */
  public final int errno;

  public SysError(int errno) {
    super(null, null, false, false);
    this.errno = errno;
  }

  @Override
  public String getMessage() {
    return Errno.name(errno);
  }
}
