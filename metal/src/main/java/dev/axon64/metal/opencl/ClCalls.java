package dev.axon64.metal.opencl;

import dev.axon64.metal.device.NativeCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The forms that OpenCL's functions come in. */
record ClCalls(NativeCalls library) {
  /** Calls a function that gives a status. */
  int status(String function, Object... arguments) {
    return library.callInt(function, arguments);
  }

  /** Asks a function for a list; empty if there is none. */
  List<MemorySegment> list(String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      Object[] all = Arrays.copyOf(arguments, arguments.length + 3);
      all[arguments.length] = 0;
      all[arguments.length + 1] = MemorySegment.NULL;
      all[arguments.length + 2] = count;
      if (status(function, all) != 0) {
        return List.of();
      }
      int found = count.get(ValueLayout.JAVA_INT, 0);
      MemorySegment ids = arena.allocate(ValueLayout.ADDRESS, Math.max(1, found));
      all[arguments.length] = found;
      all[arguments.length + 1] = ids;
      List<MemorySegment> list = new ArrayList<>();
      if (found > 0 && status(function, all) == 0) {
        for (int i = 0; i < found; i++) {
          list.add(ids.getAtIndex(ValueLayout.ADDRESS, i));
        }
      }
      return list;
    }
  }

  /** Asks a function about objects for a property; empty if that fails. */
  byte[] bytes(String function, int property, Object... objects) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
      Object[] all = Arrays.copyOf(objects, objects.length + 4);
      int at = objects.length;
      all[at] = property;
      all[at + 1] = 0L;
      all[at + 2] = MemorySegment.NULL;
      all[at + 3] = size;
      if (status(function, all) != 0) {
        return new byte[0];
      }
      long bytes = size.get(ValueLayout.JAVA_LONG, 0);
      MemorySegment value = arena.allocate(Math.max(1, bytes), Long.BYTES);
      all[at + 1] = bytes;
      all[at + 2] = value;
      return status(function, all) == 0
          ? value.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE)
          : new byte[0];
    }
  }

  /** The same as text. */
  String text(String function, MemorySegment object, int property) {
    return text(bytes(function, property, object));
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /** The same as a number of 32 or 64 bits; 0 if there is none. */
  long number(String function, MemorySegment object, int property) {
    byte[] bytes = bytes(function, property, object);
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | bytes[i] & 0xff;
    }
    return value;
  }

  /**
   * Calls a function that makes something and takes a place for its status last.
   *
   * @return what was made, or null if the status says that it failed; see {@code status}
   */
  MemorySegment made(int[] status, String function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(ValueLayout.JAVA_INT);
      Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
      all[arguments.length] = place;
      MemorySegment made = library.callAddress(function, all);
      status[0] = place.get(ValueLayout.JAVA_INT, 0);
      return status[0] == 0 ? made : null;
    }
  }
}
