package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.emit.state.StateLayout;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Register;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The layout of a guest in a shader's buffer, little-endian, and the codes that say why it stopped.
 * Both the shader's struct and the host's buffer follow it.
 *
 * @param fields in order, 64-bit ones first
 * @param named the machine's registers that have their own fields
 * @param stops names of the codes, by code; the code of {@link #RUNNING} is 0
 */
public record GuestLayout(List<Field> fields, List<Named> named, List<String> stops) {
  /** The guest is not stopped. */
  public static final String RUNNING = "A64_RUNNING";

  /** The budget is used up. */
  public static final String BUDGET = "A64_BUDGET";

  /** An unallocated word. */
  public static final String UNDEFINED = "A64_UNDEFINED";

  /** The network gave the word to a kernel that does not own it. */
  public static final String MISDISPATCH = "A64_MISDISPATCH";

  /** The word is an instruction of a kernel that the model does not have. */
  public static final String DISABLED = "A64_DISABLED";

  /** The pc is no multiple of 4. */
  public static final String PC_ALIGNMENT = "A64_PC_ALIGNMENT";

  /** Nothing is mapped at {@code stop_argument}; {@code access} says what was tried. */
  public static final String UNMAPPED = "A64_UNMAPPED";

  /** What is mapped at {@code stop_argument} forbids {@code access}. */
  public static final String FORBIDDEN = "A64_FORBIDDEN";

  /**
   * What is mapped at {@code stop_argument} is not staged. Once it is, the guest can go on, since
   * the instruction at pc has done nothing that it cannot repeat.
   */
  public static final String ABSENT = "A64_ABSENT";

  private static final String TRAP = "A64_TRAP_";

  /** Of a line of {@link #describe}. */
  private static final int MOST_COLUMNS = 96;

  private static final List<String> OWN_STOPS =
      List.of(
          RUNNING,
          BUDGET,
          UNDEFINED,
          MISDISPATCH,
          DISABLED,
          PC_ALIGNMENT,
          UNMAPPED,
          FORBIDDEN,
          ABSENT);

  /**
   * The number of kinds of memory access; the permission for kind {@code access} is {@code 1 <<
   * access}.
   */
  public static final int ACCESSES = 3;

  /** The number of 64-bit words that describe a segment: base, size, page table, permissions. */
  public static final int SEGMENT_WORDS = 4;

  /**
   * The bit in a page's place in the memory, a multiple of 4096, that says that the page is staged.
   */
  public static final long STAGED = 1;

  /** The bit beside it that says that the guest has accessed the page since. */
  public static final long TOUCHED = 2;

  /** The bit beside it that says that the guest may have written to the page since. */
  public static final long WRITTEN = 4;

  /**
   * A field of the struct.
   *
   * @param count of elements; an array if above 1
   * @param bytes of an element, 4 or 8
   */
  public record Field(String name, int count, int bytes, int offset) {
    String declaration() {
      String type = bytes == Long.BYTES ? "ulong " : "uint ";
      return type + name + (count > 1 ? "[" + count + "]" : "") + ";";
    }
  }

  /**
   * A register.
   *
   * @param field that holds it
   * @param slot its number among all registers' slots
   */
  public record Named(String field, int slot) {}

  /** Lays out the machine that a spec declares. */
  public static GuestLayout of(InstructionSet set) {
    Map<String, int[]> sizes = new LinkedHashMap<>();
    sizes.put("x", new int[] {StateLayout.GENERAL, Long.BYTES});
    sizes.put("v", new int[] {StateLayout.VECTOR, Long.BYTES});
    long64(sizes, "pc", "executed", "budget", "counter", "stop_argument");
    for (String window : List.of("window_base", "window_size", "window_offset")) {
      sizes.put(window, new int[] {ACCESSES, Long.BYTES});
    }
    StateLayout state = StateLayout.of(set);
    List<Named> named = new ArrayList<>();
    for (boolean wide : new boolean[] {true, false}) {
      for (Register register : state.named()) {
        if (register.width() > Integer.SIZE == wide) {
          String name = ShaderDialect.field(register.name());
          sizes.put(name, new int[] {1, wide ? Long.BYTES : Integer.BYTES});
          named.add(new Named(name, state.place(register.name()).first()));
        }
      }
    }
    for (String name :
        List.of("stop", "access", "word", "kernel_number", "first_segment", "segment_count")) {
      sizes.put(name, new int[] {1, Integer.BYTES});
    }
    return new GuestLayout(fields(sizes), List.copyOf(named), stops(set));
  }

  private static void long64(Map<String, int[]> sizes, String... names) {
    for (String name : names) {
      sizes.put(name, new int[] {1, Long.BYTES});
    }
  }

  private static List<Field> fields(Map<String, int[]> sizes) {
    List<Field> fields = new ArrayList<>();
    int offset = 0;
    for (Map.Entry<String, int[]> entry : sizes.entrySet()) {
      int count = entry.getValue()[0];
      int bytes = entry.getValue()[1];
      fields.add(new Field(entry.getKey(), count, bytes, offset));
      offset += count * bytes;
    }
    return List.copyOf(fields);
  }

  private static List<String> stops(InstructionSet set) {
    List<String> stops = new ArrayList<>(OWN_STOPS);
    set.traps().forEach(trap -> stops.add(stop(trap.name())));
    set.hosts().stream()
        .filter(host -> !ShaderHost.knows(host.name()))
        .forEach(host -> stops.add(stop(host.name())));
    return List.copyOf(stops);
  }

  /** The constant for a declared trap, or a host function that a shader cannot answer. */
  static String stop(String trap) {
    return TRAP + trap.toUpperCase(Locale.ROOT);
  }

  /** The name that the spec declares for a code which is none of those above. */
  public String trap(int code) {
    return stops.get(code).substring(TRAP.length()).toLowerCase(Locale.ROOT);
  }

  /** The layout for readers: the size of a guest, and where each field begins. */
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "A guest has %d bytes, little-endian; its fields by their offsets:".formatted(size()));
    StringBuilder line = new StringBuilder();
    for (Field field : fields) {
      String entry = field.offset() + " " + field.declaration();
      if (line.length() + entry.length() > MOST_COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append("  ").append(entry);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The offset of a field in bytes. */
  public int offset(String field) {
    return field(field).offset();
  }

  /** The field of that name. */
  public Field field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  /** The size of a guest in bytes, a multiple of 8. */
  public int size() {
    Field last = fields.get(fields.size() - 1);
    return last.offset() + last.count() * last.bytes() + Long.BYTES - 1 & -Long.BYTES;
  }
}
