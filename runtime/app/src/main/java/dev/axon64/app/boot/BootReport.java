package dev.axon64.app.boot;

import dev.axon64.system.Machine;
import java.io.PrintWriter;
import java.util.Map;

/** Tells what a machine has executed. */
record BootReport(Machine machine, ExceptionCounts counts, long nanoseconds) {
  private static final double SECOND = 1e9;
  private static final double MILLION = 1e6;
  private static final int MEBIBYTE = 20;

  void print(PrintWriter err) {
    double seconds = nanoseconds / SECOND;
    line(err, "instructions", "%,d".formatted(machine.executed()));
    line(err, "machine's time", "%.3f s".formatted(machine.time() / SECOND));
    line(
        err,
        "host's time",
        "%.2f s, %.1f million instructions a second"
            .formatted(seconds, machine.executed() / seconds / MILLION));
    line(err, "memory touched", "%,d MiB".formatted(machine.memory().used() >> MEBIBYTE));
    for (Map.Entry<String, Long> each : counts.all().entrySet()) {
      line(err, each.getKey(), "%,d".formatted(each.getValue()));
    }
  }

  private static void line(PrintWriter err, String name, String value) {
    err.printf("%-26s %s%n", name, value);
  }
}
