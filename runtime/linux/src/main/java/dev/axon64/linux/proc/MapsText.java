package dev.axon64.linux.proc;

import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.process.MappedFile;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.Residence;
import java.util.function.UnaryOperator;

/** What is mapped, as /proc/PID/maps and smaps tell it (proc_pid_maps(5)). */
final class MapsText {
  /** Column of a mapping's name. */
  private static final int NAME_COLUMN = 73;

  private static final String DELETED = " (deleted)";

  private final ProcessMemory memory;
  private final UnaryOperator<String> seen;

  /**
   * Tells of a memory.
   *
   * @param seen makes of a path what the reader knows it as
   */
  MapsText(ProcessMemory memory, UnaryOperator<String> seen) {
    this.memory = memory;
    this.seen = seen;
  }

  /** A line for each mapping. */
  String maps() {
    StringBuilder text = new StringBuilder();
    memory.space.mappings().forEach(mapping -> line(text, mapping));
    return text.toString();
  }

  /** The same, with what each takes. */
  String smaps() {
    StringBuilder text = new StringBuilder();
    for (Mapping mapping : memory.space.mappings()) {
      line(text, mapping);
      taken(text, mapping, memory.space.residence(mapping.start(), mapping.size()));
    }
    return text.toString();
  }

  private static void taken(StringBuilder text, Mapping mapping, Residence there) {
    kilobytes(text, "Size", mapping.size());
    kilobytes(text, "KernelPageSize", AddressSpace.PAGE);
    kilobytes(text, "MMUPageSize", AddressSpace.PAGE);
    kilobytes(text, "Rss", there.all());
    kilobytes(text, "Pss", there.proportional());
    kilobytes(text, "Shared_Clean", there.sharedClean());
    kilobytes(text, "Shared_Dirty", there.sharedWritten());
    kilobytes(text, "Private_Clean", there.ownClean());
    kilobytes(text, "Private_Dirty", there.ownWritten());
    kilobytes(text, "Referenced", there.all());
    kilobytes(text, "Anonymous", there.anonymous());
    kilobytes(text, "Swap", 0);
    kilobytes(text, "SwapPss", 0);
    kilobytes(text, "Locked", 0);
    text.append("VmFlags:").append(flags(mapping)).append('\n');
  }

  private static void kilobytes(StringBuilder text, String name, long bytes) {
    text.append("%-15s %8d kB\n".formatted(name + ":", bytes / 1024));
  }

  private static String flags(Mapping mapping) {
    int bits = mapping.protection();
    return ((bits & AddressSpace.READ) != 0 ? " rd" : "")
        + ((bits & AddressSpace.WRITE) != 0 ? " wr" : "")
        + ((bits & AddressSpace.EXECUTE) != 0 ? " ex" : "")
        + (mapping.isShared() ? " sh" : "")
        + " mr mw me ";
  }

  private void line(StringBuilder text, Mapping m) {
    Stat stat = stat(m);
    long device = stat == null ? 0 : stat.device();
    String line =
        "%08x-%08x %s%s%s%s %08x %02x:%02x %d "
            .formatted(
                m.start(),
                m.end(),
                (m.protection() & AddressSpace.READ) != 0 ? "r" : "-",
                (m.protection() & AddressSpace.WRITE) != 0 ? "w" : "-",
                (m.protection() & AddressSpace.EXECUTE) != 0 ? "x" : "-",
                m.isShared() ? "s" : "p",
                isNamed(m) ? m.offset() : 0,
                device >> 8 & 0xfff,
                device & 0xff,
                stat == null ? 0 : stat.inode());
    text.append(line);
    String name = name(m, stat);
    if (!name.isEmpty()) {
      text.append(" ".repeat(Math.max(0, NAME_COLUMN - line.length()))).append(name);
    }
    text.append('\n');
  }

  private static boolean isNamed(Mapping mapping) {
    return !mapping.name().isEmpty() && !mapping.name().startsWith("[");
  }

  /** The attributes of the file that is mapped; null if none is, or it is not known. */
  private Stat stat(Mapping mapping) {
    MappedFile mapped = memory.mappedFiles.get(mapping.backing());
    if (mapped != null) {
      return mapped.file().stat();
    }
    Node node = isNamed(mapping) ? memory.programFiles.get(mapping.name()) : null;
    return node == null ? null : node.stat();
  }

  private String name(Mapping mapping, Stat stat) {
    MappedFile mapped = memory.mappedFiles.get(mapping.backing());
    if (mapped != null) {
      return escaped(seen.apply(mapped.file().path()));
    }
    if (mapping.name().isEmpty() && mapping.isShared()) {
      return "/dev/zero" + DELETED;
    }
    boolean gone = stat != null && stat.links() == 0;
    String name = isNamed(mapping) ? seen.apply(mapping.name()) : mapping.name();
    return escaped(name) + (gone ? DELETED : "");
  }

  private static String escaped(String name) {
    return name.replace("\n", "\\012");
  }
}
