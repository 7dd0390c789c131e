package dev.axon64.linux.proc;

import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ResourceLimits;

/** The limits of a process, as /proc/PID/limits tells them. */
final class LimitsText {
  /** The names and units, by the numbers RLIMIT_. */
  private static final String[][] KINDS = {
    {"Max cpu time", "seconds"},
    {"Max file size", "bytes"},
    {"Max data size", "bytes"},
    {"Max stack size", "bytes"},
    {"Max core file size", "bytes"},
    {"Max resident set", "bytes"},
    {"Max processes", "processes"},
    {"Max open files", "files"},
    {"Max locked memory", "bytes"},
    {"Max address space", "bytes"},
    {"Max file locks", "locks"},
    {"Max pending signals", "signals"},
    {"Max msgqueue size", "bytes"},
    {"Max nice priority", ""},
    {"Max realtime priority", ""},
    {"Max realtime timeout", "us"},
  };

  private LimitsText() {}

  static String of(Kernel kernel, Process process) {
    StringBuilder text = new StringBuilder(line("Limit", "Soft Limit", "Hard Limit", "Units"));
    for (int kind = 0; kind < KINDS.length; kind++) {
      long[] limits = ResourceLimits.of(kernel.limits, process, kind);
      text.append(line(KINDS[kind][0], shown(limits[0]), shown(limits[1]), KINDS[kind][1]));
    }
    return text.toString();
  }

  private static String line(String name, String soft, String hard, String unit) {
    String shownUnit = unit.isEmpty() ? "" : "%-10s".formatted(unit);
    return "%-25s %-20s %-20s %s\n".formatted(name, soft, hard, shownUnit);
  }

  private static String shown(long limit) {
    return limit == ResourceLimits.INFINITY ? "unlimited" : Long.toUnsignedString(limit);
  }
}
