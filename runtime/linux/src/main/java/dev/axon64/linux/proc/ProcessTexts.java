package dev.axon64.linux.proc;

import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;

/** The texts of /proc that tell about one process (proc(5)). */
final class ProcessTexts {
  /** Column of a mapping's name. */
  private static final int NAME_COLUMN = 73;

  private static final int MOST_STRINGS = 1 << 21;

  private final Process process;

  /** The memory that the process has now, which execve replaces. */
  private final ProcessMemory memory;

  ProcessTexts(Process process) {
    this.process = process;
    this.memory = process.memory;
  }

  /** argv, each string with its zero. */
  byte[] commandLine() {
    return strings(memory.argumentStart, memory.argumentEnd);
  }

  /** envp, each string with its zero. */
  byte[] environment() {
    return strings(memory.argumentEnd, memory.environmentEnd);
  }

  private byte[] strings(long start, long end) {
    try {
      return memory.space.read(start, (int) Math.clamp(end - start, 0L, MOST_STRINGS));
    } catch (MemoryFault e) {
      return new byte[0];
    }
  }

  private String state() {
    if (process.isZombie()) {
      return "Z";
    }
    if (process.stopped) {
      return "T";
    }
    return process.tasks.stream().allMatch(t -> t.parked) ? "S" : "R";
  }

  private long mappedBytes() {
    return process.isZombie() ? 0 : process.memory.space.mappedBytes();
  }

  private long residentBytes() {
    return process.isZombie() ? 0 : process.memory.space.touchedBytes();
  }

  String stat() {
    return "%d (%s) %s %d %d %d 0 -1 0 0 0 0 0 %d 0 %d 0 20 0 %d 0 %d %d %d "
            .formatted(
                process.id,
                process.name,
                state(),
                process.parentId(),
                process.group,
                process.session,
                process.instructions() / ProcTree.TICK,
                process.childInstructions / ProcTree.TICK,
                process.tasks.size(),
                process.started / ProcTree.TICK,
                mappedBytes(),
                residentBytes() / AddressSpace.PAGE)
        + "18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
  }

  String status() {
    Process p = process;
    return "Name:\t%s\nUmask:\t%04o\nState:\t%s\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\n"
            .formatted(p.name, p.view.umask, state(), p.id, p.id, p.parentId())
        + "TracerPid:\t0\n"
        + "Uid:%s\nGid:%s\n".formatted(fourTimes(p.uid), fourTimes(p.gid))
        + "FDSize:\t64\nGroups:\t%d\n".formatted(p.gid)
        + "VmSize:\t%8d kB\nVmRSS:\t%8d kB\nThreads:\t%d\n"
            .formatted(mappedBytes() / 1024, residentBytes() / 1024, p.tasks.size())
        + "SigPnd:\t%016x\nSigBlk:\t%016x\nSigIgn:\t%016x\nSigCgt:\t%016x\n"
            .formatted(
                p.pending.set(),
                p.leader() == null ? 0 : p.leader().blocked,
                p.actions.ignored(),
                p.actions.caught());
  }

  /** Real, effective, saved and file system id. */
  private static String fourTimes(int id) {
    return ("\t" + id).repeat(4);
  }

  String pages() {
    long size = mappedBytes() / AddressSpace.PAGE;
    long resident = residentBytes() / AddressSpace.PAGE;
    return size + " " + resident + " 0 0 0 " + resident + " 0\n";
  }

  String maps() {
    StringBuilder text = new StringBuilder();
    for (Mapping mapping : process.memory.space.mappings()) {
      String line = line(mapping);
      text.append(line);
      if (!mapping.name().isEmpty()) {
        text.append(" ".repeat(Math.max(1, NAME_COLUMN - line.length()))).append(mapping.name());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String line(Mapping m) {
    boolean file = !m.name().isEmpty() && !m.name().startsWith("[");
    return "%08x-%08x %s%s%s%s %08x 00:00 0"
        .formatted(
            m.start(),
            m.end(),
            (m.protection() & AddressSpace.READ) != 0 ? "r" : "-",
            (m.protection() & AddressSpace.WRITE) != 0 ? "w" : "-",
            (m.protection() & AddressSpace.EXECUTE) != 0 ? "x" : "-",
            m.isShared() ? "s" : "p",
            file ? m.offset() : 0);
  }
}
