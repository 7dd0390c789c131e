package dev.axon64.system.cpu;

import java.util.List;

/** The firmware's calls for power, PSCI 1.0 (DEN 0022), over HVC. */
public final class Psci implements Instructions.Monitor {
  private static final long VERSION = 0x8400_0000L;
  private static final long CPU_OFF = 0x8400_0002L;
  private static final long CPU_ON = 0x8400_0003L;
  private static final long AFFINITY_INFO = 0x8400_0004L;
  private static final long MIGRATE_INFO_TYPE = 0x8400_0006L;
  private static final long SYSTEM_OFF = 0x8400_0008L;
  private static final long SYSTEM_RESET = 0x8400_0009L;
  private static final long FEATURES = 0x8400_000aL;
  private static final long SMCCC_VERSION = 0x8000_0000L;
  private static final long OF_64_BITS = 0x4000_0000L;

  private static final long NOT_SUPPORTED = -1;
  private static final long INVALID_PARAMETERS = -2;
  private static final long ALREADY_ON = -4;
  private static final long AFFINITY = 0xff_00ff_ffffL;

  private final List<Core> cores;
  private final Power power;

  /** What the calls do to the whole machine. */
  public interface Power {
    /** The guest switches the machine off. */
    void off();

    /** The guest starts the machine again. */
    void reset();
  }

  /** Serves these processors. */
  public Psci(List<Core> cores, Power power) {
    this.cores = cores;
    this.power = power;
  }

  @Override
  public void call(Core core) {
    long[] x = core.cpu.x;
    long number = x[0] & 0xffff_ffffL;
    x[0] = serve(core, number, x[1], x[2], x[3]);
  }

  private long serve(Core core, long number, long a, long b, long c) {
    if (number == CPU_ON || number == (CPU_ON | OF_64_BITS)) {
      return turnOn(a, b, c);
    }
    if (number == AFFINITY_INFO || number == (AFFINITY_INFO | OF_64_BITS)) {
      Core asked = find(a);
      return asked == null ? INVALID_PARAMETERS : asked.isOn ? 0 : 1;
    }
    if (number == VERSION) {
      return 0x1_0000;
    }
    if (number == SMCCC_VERSION) {
      return 0x1_0001;
    }
    if (number == FEATURES) {
      return isKnown(a & 0xffff_ffffL) ? 0 : NOT_SUPPORTED;
    }
    if (number == MIGRATE_INFO_TYPE) {
      return 2; // there is nothing to migrate
    }
    if (number == CPU_OFF) {
      core.isOn = false;
    } else if (number == SYSTEM_OFF) {
      power.off();
    } else if (number == SYSTEM_RESET) {
      power.reset();
    } else {
      return NOT_SUPPORTED;
    }
    return 0;
  }

  private static boolean isKnown(long number) {
    long narrow = number & ~OF_64_BITS;
    if (number != narrow) {
      return narrow == CPU_ON || narrow == AFFINITY_INFO;
    }
    return number == VERSION
        || number == SMCCC_VERSION
        || number == CPU_OFF
        || number == CPU_ON
        || number == AFFINITY_INFO
        || number == MIGRATE_INFO_TYPE
        || number == SYSTEM_OFF
        || number == SYSTEM_RESET
        || number == FEATURES;
  }

  private long turnOn(long affinity, long entry, long argument) {
    Core core = find(affinity);
    if (core == null) {
      return INVALID_PARAMETERS;
    }
    if (core.isOn) {
      return ALREADY_ON;
    }
    core.start(entry, argument);
    return 0;
  }

  private Core find(long affinity) {
    long number = affinity & AFFINITY;
    return number < cores.size() ? cores.get((int) number) : null;
  }
}
