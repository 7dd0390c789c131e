package dev.axon64.machine.oracle;

/** How one instruction ended. */
enum StopKind {
  /** It was completed. */
  NONE,
  UNDEFINED,
  SVC,
  BRK,
  HLT,
  /** A misaligned access that must be aligned. */
  ALIGNMENT,
  READ_UNMAPPED,
  READ_FORBIDDEN,
  WRITE_UNMAPPED,
  WRITE_FORBIDDEN,
  /** Any other end, which no emulator should have. */
  OTHER
}
