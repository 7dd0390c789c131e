package dev.axon64.emulator;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;

import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;

/** Small guests that several tests use. */
final class Guests {
  static final long CODE = 0x10000;
  static final long DATA = 0x20000;
  static final int BRK = 0xd4200000;

  /** Multiplies the numbers from x0 down to 1 into x1: mov x1, #1; mul; subs; b.ne; svc #7; brk. */
  static final int[] FACTORIAL = {0xd2800021, 0x9b007c21, 0xf1000400, 0x54ffffc1, 0xd40000e1, BRK};

  private Guests() {}

  static Emulator of(int... code) {
    return of(EngineKinds.reference(), code);
  }

  static Emulator of(EngineKind kind, int... code) {
    return Axon64.emulator()
        .engine(kind)
        .build()
        .map(CODE, 0x1000, READ | EXECUTE)
        .map(DATA, 0x2000, READ | WRITE)
        .write(CODE, code)
        .pc(CODE);
  }

  static Emulator factorial() {
    return of(FACTORIAL);
  }
}
