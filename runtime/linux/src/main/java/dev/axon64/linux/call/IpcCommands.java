package dev.axon64.linux.call;

import dev.axon64.linux.process.Kernel;

/** The commands that shmctl, semctl and msgctl have in common. */
final class IpcCommands {
  static final int RMID = 0;
  static final int SET = 1;
  static final int STAT = 2;
  static final int INFO = 3;

  /** The structures of 64 bits, which AArch64 has always. */
  static final int STRUCTURES_64 = 0x100;

  static final int NOWAIT = 04000;

  private IpcCommands() {}

  /** Seconds since 1970. */
  static long now(Kernel kernel) {
    return kernel.clock.realtime() / 1_000_000_000L;
  }
}
