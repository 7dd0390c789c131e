package dev.axon64.app.profile;

import dev.axon64.linux.ExitStatus;
import java.util.List;
import java.util.Map;

/**
 * A finished run with what was seen of it.
 *
 * @param program its path
 * @param nanoseconds that the run took
 * @param samples of the guest's stack
 * @param regions those that executed most first
 * @param compiled by the name of a region's class; empty if the JVM does not tell
 */
record Outcome(
    String program,
    ExitStatus status,
    long nanoseconds,
    Samples samples,
    List<RegionProfile.Entry> regions,
    Map<String, Compilations.Compiled> compiled) {
  /** What the JVM's compilers did for a region. */
  Compilations.Compiled compiled(RegionProfile.Entry region) {
    return compiled.getOrDefault(Compilations.plain(region.type()), Compilations.Compiled.NEVER);
  }

  /** A part of all instructions, in percent. */
  double percent(long instructions) {
    return 100.0 * instructions / Math.max(1, status.instructions());
  }
}
