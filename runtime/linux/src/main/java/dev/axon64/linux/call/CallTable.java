package dev.axon64.linux.call;

import dev.axon64.linux.process.Task;
import java.util.HashMap;
import java.util.Map;

/** The calls by number (asm-generic/unistd.h). */
public final class CallTable {
  /** What a call does. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Makes the call.
     *
     * @param a six arguments, 64 bits each, as the guest gave them
     */
    long call(Task task, long[] a);
  }

  /**
   * A call.
   *
   * @param name as in man pages
   * @param format how a trace shows the arguments, a letter each: i a decimal int, l a decimal
   *     long, u unsigned, x hexadecimal, o octal, s a string, f a folder's descriptor
   */
  public record Entry(String name, String format, Handler handler) {}

  private final Map<Integer, Entry> entries = new HashMap<>();

  /** Adds a call. */
  public void add(int number, String name, String format, Handler handler) {
    if (entries.put(number, new Entry(name, format, handler)) != null) {
      throw new IllegalStateException("two calls have the number " + number);
    }
  }

  /** The call, or null. */
  public Entry get(long number) {
    return number >= 0 && number < 1024 ? entries.get((int) number) : null;
  }
}
