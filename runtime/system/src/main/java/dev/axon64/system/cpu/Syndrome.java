package dev.axon64.system.cpu;

/** The exception classes of ESR_EL1 (Arm ARM, D17.2.37), and bits beside them. */
final class Syndrome {
  static final int UNKNOWN = 0x00;
  static final int WAIT = 0x01;
  static final int FLOATING_POINT = 0x07;
  static final int ILLEGAL_STATE = 0x0e;
  static final int SUPERVISOR_CALL = 0x15;
  static final int SYSTEM_REGISTER = 0x18;

  /** From EL0; one more from EL1. */
  static final int INSTRUCTION_ABORT = 0x20;

  static final int PC_ALIGNMENT = 0x22;

  /** From EL0; one more from EL1. */
  static final int DATA_ABORT = 0x24;

  static final int BREAKPOINT_INSTRUCTION = 0x3c;

  /** The access was a write. */
  static final long WRITE = 1 << 6;

  static final int EXTERNAL = 0x10;
  static final int ALIGNMENT = 0x21;

  /** The condition of an instruction that is trapped whatever it is: always. */
  static final long ALWAYS = 0x1e0_0000;

  private Syndrome() {}
}
