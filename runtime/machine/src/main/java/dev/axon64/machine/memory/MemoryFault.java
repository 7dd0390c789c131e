package dev.axon64.machine.memory;

import java.util.Locale;

/** An access that the guest must not make. Nothing was changed. There is no stack trace. */
public final class MemoryFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kind of access that was tried. */
  public enum Access {
    READ(AddressSpace.READ),
    WRITE(AddressSpace.WRITE),
    EXECUTE(AddressSpace.EXECUTE);

    /** The permission that the page's protection must include. */
    final int permission;

    Access(int permission) {
      this.permission = permission;
    }
  }

  /** The reason why it failed. */
  public enum Reason {
    /** Nothing is mapped there (SEGV_MAPERR). */
    UNMAPPED,
    /** What is mapped there forbids it (SEGV_ACCERR). */
    FORBIDDEN,
    /** The mapped file ends before this page (SIGBUS). */
    BEYOND_FILE,
    /** The machine's limit on memory is reached (SIGKILL, as by Linux out of memory). */
    EXHAUSTED,
    /** There is no memory at the physical address, but perhaps a device. */
    OUTSIDE,
    /** A device answers aligned accesses only. */
    MISALIGNED,
    /** It may be made, but by another engine, which tells somebody of it. */
    ASIDE
  }

  /** The first byte that could not be accessed. */
  public final long address;

  public final Access access;
  public final Reason reason;

  public MemoryFault(long address, Access access, Reason reason) {
    super(null, null, false, false);
    this.address = address;
    this.access = access;
    this.reason = reason;
  }

  @Override
  public String getMessage() {
    return access.name().toLowerCase(Locale.ROOT)
        + " at 0x"
        + Long.toHexString(address)
        + ": "
        + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
