package dev.axon64.system;

/**
 * What a machine is made of.
 *
 * @param memory bytes of memory, a multiple of 2 MiB
 * @param processors 1 to 8
 * @param perInstruction the nanoseconds of virtual time that an instruction takes; {@link
 *     #REAL_TIME} for the host's time
 */
public record MachineSettings(long memory, int processors, int perInstruction) {
  /** The memory of a machine for which nothing else is asked: 512 MiB. */
  public static final long MEMORY = 512L << 20;

  /** In place of the time of an instruction: time is the host's. */
  public static final int REAL_TIME = 0;

  /** The time of an instruction for which nothing else is asked. */
  public static final int PER_INSTRUCTION = 10;
}
