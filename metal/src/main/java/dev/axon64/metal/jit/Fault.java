package dev.axon64.metal.jit;

import java.util.Set;

/** An error of a kernel thread, which the runner reports in one line. */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient byte[] memory;
  private final int line;

  private Fault(String message, byte[] memory, int line) {
    super(message, null, false, false);
    this.memory = memory;
    this.line = line;
  }

  /** An access of {@code size} bytes at {@code offset} that {@code memory} does not hold. */
  static Fault access(byte[] memory, long offset, long size) {
    String what =
        memory == null
            ? "access through a null pointer"
            : "access of %d bytes at offset %d of %d".formatted(size, offset, memory.length);
    return new Fault(what, memory, currentLine());
  }

  static Fault index(long index, int count) {
    return new Fault(
        "index %d of an array of %d elements".formatted(index, count), null, currentLine());
  }

  /** The run was stopped from outside. */
  public static Fault interrupted() {
    return stopped();
  }

  static Fault stopped() {
    return new Fault("stopped", null, currentLine());
  }

  static Fault of(String message) {
    return new Fault(message, null, currentLine());
  }

  /** The array that was accessed outside its bounds, or null if none was. */
  public byte[] memory() {
    return memory;
  }

  /** The source line, or 0 if unknown. */
  public int line() {
    return line;
  }

  /** Shows hidden frames too, since generated classes are hidden. */
  private static int currentLine() {
    return StackWalker.getInstance(Set.of(StackWalker.Option.SHOW_HIDDEN_FRAMES))
        .walk(
            frames ->
                frames
                    .filter(f -> f.getClassName().startsWith(Names.CLASS_PREFIX))
                    .findFirst()
                    .map(StackWalker.StackFrame::getLineNumber)
                    .orElse(0));
  }
}
