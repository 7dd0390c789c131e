package dev.axon64.bench.cli;

import dev.axon64.bench.FmaBenchmark;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Where it was measured.
 *
 * @param architecture as Java names it
 * @param cores that Java sees
 * @param vectorBits of the vectors that generated code uses
 * @param java the runtime's version and name
 * @param load the system's load average when measuring began; negative where unknown. A figure near
 *     or over the number of cores means that others were running too
 */
record Host(String architecture, int cores, int vectorBits, String java, double load) {
  /** On one line. */
  String text() {
    String busy = load < 0 ? "" : String.format(Locale.ROOT, ", load %.1f", load);
    return String.format(
        Locale.ROOT,
        "%s, %d cores%s, %d-bit vectors, %s",
        architecture,
        cores,
        busy,
        vectorBits,
        java);
  }

  static Host here() {
    return new Host(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        FmaBenchmark.vectorBits(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
