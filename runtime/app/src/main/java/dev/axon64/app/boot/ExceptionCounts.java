package dev.axon64.app.boot;

import dev.axon64.system.cpu.Core;
import dev.axon64.system.cpu.Exceptions;
import java.util.Map;
import java.util.TreeMap;

/** Counts the exceptions of a machine by their kinds. */
final class ExceptionCounts implements Exceptions.Observer {
  private static final int CLASSES = 64;
  private static final int CLASS_SHIFT = 26;

  private final long[] byClass = new long[CLASSES];
  private long interrupts;

  @Override
  public void taken(Core core, long syndrome) {
    if (syndrome < 0) {
      interrupts++;
    } else {
      byClass[(int) (syndrome >>> CLASS_SHIFT) & CLASSES - 1]++;
    }
  }

  /** What there was, by name. */
  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    all.put("interrupts", interrupts);
    for (int kind = 0; kind < CLASSES; kind++) {
      if (byClass[kind] > 0) {
        all.merge(name(kind), byClass[kind], Long::sum);
      }
    }
    return all;
  }

  private static String name(int kind) {
    return switch (kind) {
      case 0x15 -> "system calls";
      case 0x20, 0x21 -> "instruction aborts";
      case 0x24, 0x25 -> "data aborts";
      case 0x00 -> "undefined instructions";
      case 0x3c -> "breakpoint instructions";
      default -> "exceptions of class 0x%02x".formatted(kind);
    };
  }
}
