package dev.axon64.linux.proc;

import dev.axon64.linux.fs.Node;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Leases;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Builds /proc/sys: what the kernel is set to, which nobody can change. */
final class SystemSettings {
  private final Kernel kernel;
  private final Map<String, Supplier<String>> ofKernel = new TreeMap<>();
  private final Map<String, Supplier<String>> ofFiles = new TreeMap<>();
  private final Map<String, Supplier<String>> ofMemory = new TreeMap<>();

  /** The identity of this run of the machine; made when it is first asked for. */
  private String boot;

  SystemSettings(Kernel kernel) {
    this.kernel = kernel;
    Map<String, Supplier<String>> k = ofKernel;
    k.put("osrelease", () -> "6.1.0\n");
    k.put("ostype", () -> "Linux\n");
    k.put("version", () -> "#1 SMP Axon64\n");
    k.put("hostname", () -> kernel.hostName + "\n");
    k.put("domainname", () -> "(none)\n");
    k.put("pid_max", () -> Kernel.LAST_ID + 1 + "\n");
    k.put("threads-max", () -> kernel.limits.tasks() + "\n");
    k.put("ngroups_max", () -> "65536\n");
    k.put("cap_last_cap", () -> Capabilities.LAST + "\n");
    k.put("core_pattern", () -> "core\n");
    k.put("randomize_va_space", () -> "0\n");
    k.put("overflowuid", () -> "65534\n");
    k.put("overflowgid", () -> "65534\n");
    k.put("tainted", () -> "0\n");
    k.put("panic", () -> "0\n");
    ofFiles.put("file-max", () -> kernel.limits.files() * (long) kernel.limits.tasks() + "\n");
    ofFiles.put("file-nr", this::openFiles);
    ofFiles.put("lease-break-time", () -> Leases.BREAK_SECONDS + "\n");
    ofFiles.put("leases-enable", () -> "1\n");
    ofFiles.put("nr_open", () -> "1048576\n");
    ofFiles.put("pipe-max-size", () -> "65536\n");
    ofFiles.put("protected_hardlinks", () -> "1\n");
    ofFiles.put("protected_symlinks", () -> "0\n");
    ofFiles.put("protected_regular", () -> "0\n");
    ofFiles.put("protected_fifos", () -> "0\n");
    ofFiles.put("suid_dumpable", () -> "0\n");
    ofFiles.put("overflowuid", () -> "65534\n");
    ofFiles.put("overflowgid", () -> "65534\n");
    ofMemory.put("overcommit_memory", () -> "0\n");
    ofMemory.put("overcommit_ratio", () -> "50\n");
    ofMemory.put("max_map_count", () -> "65530\n");
    ofMemory.put("mmap_min_addr", () -> "65536\n");
  }

  private String openFiles() {
    long open =
        kernel.processes.values().stream()
            .filter(p -> !p.isZombie())
            .mapToLong(p -> p.files.descriptors().size())
            .sum();
    return open + "\t0\t" + kernel.limits.files() * (long) kernel.limits.tasks() + "\n";
  }

  Map<String, Node> top(ProcFolder sys) {
    Map<String, Node> all = new TreeMap<>();
    sys.folder(all, "kernel", this::kernel);
    sys.folder(all, "fs", folder -> ProcFolder.texts(folder, ofFiles));
    sys.folder(all, "vm", folder -> ProcFolder.texts(folder, ofMemory));
    return all;
  }

  private Map<String, Node> kernel(ProcFolder folder) {
    Map<String, Node> all = ProcFolder.texts(folder, ofKernel);
    folder.folder(all, "random", this::random);
    return all;
  }

  private Map<String, Node> random(ProcFolder folder) {
    Map<String, Node> all = new TreeMap<>();
    folder.text(all, "boot_id", this::boot);
    folder.text(all, "uuid", this::uuid);
    folder.text(all, "entropy_avail", () -> "256\n");
    folder.text(all, "poolsize", () -> "256\n");
    return all;
  }

  private String boot() {
    if (boot == null) {
      boot = uuid();
    }
    return boot;
  }

  /** A new one for each reader, from the machine's random bytes. */
  private String uuid() {
    byte[] bytes = new byte[16];
    kernel.random.accept(bytes);
    bytes[6] = (byte) (bytes[6] & 0xf | 0x40);
    bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
    long high = 0;
    long low = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      high = high << 8 | bytes[i] & 0xff;
      low = low << 8 | bytes[i + Long.BYTES] & 0xff;
    }
    return new UUID(high, low) + "\n";
  }
}
