package dev.axon64.machine.oracle;

/** How one instruction ended. */
enum StopKind {
  /** It did all it says. */
  NONE,
  UNDEFINED,
  SVC,
  BRK,
  HLT,
  /** An access that has to be aligned and is not. */
  ALIGNMENT,
  READ_UNMAPPED,
  READ_FORBIDDEN,
  WRITE_UNMAPPED,
  WRITE_FORBIDDEN,
  /** Whatever else; no emulator is expected to end so. */
  OTHER
}
