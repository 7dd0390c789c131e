package dev.axon64.machine.state;

/** Thrown by generated kernels to stop the guest; never leaves an engine. Has no stack trace. */
public final class GuestTrap extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kind of trap. */
  public final TrapKind kind;

  /** The trap's operand, zero-extended; 0 if it has none. */
  public final long argument;

  public GuestTrap(TrapKind kind, long argument) {
    super(null, null, false, false);
    this.kind = kind;
    this.argument = argument;
  }

  @Override
  public String getMessage() {
    return kind + " 0x" + Long.toHexString(argument);
  }
}
