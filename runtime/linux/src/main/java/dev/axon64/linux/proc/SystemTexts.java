package dev.axon64.linux.proc;

import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.Kernel;
import dev.axon64.machine.memory.AddressSpace;
import java.util.Locale;

/** The texts of /proc that tell about the system as a whole (proc(5)). */
final class SystemTexts {
  /** The ids of a user namespace that has all. */
  static final String ALL_IDS = "         0          0 4294967295\n";

  static final String DEVICES =
      """
      Character devices:
        1 mem
        5 /dev/tty
       29 fb
      136 pts

      Block devices:
      """;

  private final Kernel kernel;

  SystemTexts(Kernel kernel) {
    this.kernel = kernel;
  }

  String memoryInfo() {
    long total = kernel.limits.memory() / 1024;
    long free = total - kernel.memoryLimit.used() / 1024;
    long shared = (kernel.temporary.most() - kernel.temporary.free()) / 1024;
    StringBuilder text = new StringBuilder();
    Object[][] lines = {
      {"MemTotal", total},
      {"MemFree", free},
      {"MemAvailable", free},
      {"Buffers", 0L},
      {"Cached", 0L},
      {"SwapCached", 0L},
      {"SwapTotal", 0L},
      {"SwapFree", 0L},
      {"Active", total - free},
      {"Inactive", 0L},
      {"Dirty", 0L},
      {"Writeback", 0L},
      {"AnonPages", total - free},
      {"Mapped", 0L},
      {"Shmem", shared},
      {"Slab", 0L},
      {"SReclaimable", 0L},
      {"SUnreclaim", 0L},
      {"CommitLimit", total},
      {"Committed_AS", total - free},
    };
    for (Object[] line : lines) {
      text.append(String.format(Locale.ROOT, "%-16s%8d kB\n", line[0] + ":", line[1]));
    }
    return text.toString();
  }

  String memoryStatistics() {
    long page = AddressSpace.PAGE;
    return """
        nr_free_pages %d
        nr_anon_pages %d
        pgpgin 0
        pgpgout 0
        pswpin 0
        pswpout 0
        """
        .formatted(
            (kernel.limits.memory() - kernel.memoryLimit.used()) / page,
            kernel.memoryLimit.used() / page);
  }

  static String cpuInfo() {
    return """
        processor\t: 0
        BogoMIPS\t: 100.00
        Features\t: fp asimd crc32 atomics lrcpc flagm
        CPU implementer\t: 0x00
        CPU architecture: 8
        CPU variant\t: 0x0
        CPU part\t: 0x000
        CPU revision\t: 0

        """;
  }

  String uptime() {
    double seconds = kernel.clock.monotonic() / 1e9;
    double idle = Math.max(0, kernel.clock.monotonic() - kernel.instructions) / 1e9;
    return String.format(Locale.ROOT, "%.2f %.2f\n", seconds, idle);
  }

  String loadAverage() {
    long running = kernel.tasks().stream().filter(t -> !t.parked).count();
    return "0.00 0.00 0.00 " + running + "/" + kernel.tasks().size() + " " + kernel.lastId() + "\n";
  }

  String statistics() {
    long user = kernel.instructions / ProcTree.TICK;
    long idle = Math.max(0, kernel.clock.monotonic() / ProcTree.TICK - user);
    long running = kernel.tasks().stream().filter(t -> !t.parked).count();
    long boot = (kernel.clock.realtime() - kernel.clock.monotonic()) / 1_000_000_000;
    return """
        cpu  %1$d 0 0 %2$d 0 0 0 0 0 0
        cpu0 %1$d 0 0 %2$d 0 0 0 0 0 0
        intr 0
        ctxt 0
        btime %3$d
        processes %4$d
        procs_running %5$d
        procs_blocked 0
        """
        .formatted(user, idle, boot, kernel.lastId() - Kernel.FIRST_ID + 1, running);
  }

  /** What is mounted where a view reaches. */
  String mounts(FileView view) {
    String access = kernel.root.isWritableTree() ? "rw" : "ro";
    StringBuilder text = new StringBuilder();
    if (view.reaches("/")) {
      text.append("rootfs / rootfs " + access + " 0 0\n");
    }
    for (String mount : kernel.root.mounts()) {
      if (view.reaches("/" + mount)) {
        String type = mount.equals("proc") ? "proc" : "tmpfs";
        text.append("%s %s %s rw 0 0\n".formatted(type, view.seen("/" + mount), type));
      }
    }
    return text.toString();
  }

  String mountInfo(FileView view) {
    StringBuilder text = new StringBuilder();
    if (view.reaches("/")) {
      text.append("1 0 0:1 / / rw - rootfs rootfs rw\n");
    }
    int id = 2;
    for (String mount : kernel.root.mounts()) {
      if (view.reaches("/" + mount)) {
        String type = mount.equals("proc") ? "proc" : "tmpfs";
        String at = view.seen("/" + mount);
        text.append("%d 1 0:%d / %s rw - %s %s rw\n".formatted(id, id, at, type, type));
      }
      id++;
    }
    return text.toString();
  }
}
