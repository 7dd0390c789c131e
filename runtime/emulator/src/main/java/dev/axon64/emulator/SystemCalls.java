package dev.axon64.emulator;

import java.util.HashMap;
import java.util.Map;

/**
 * System calls written by the user, with numbers and arguments where Linux has them: the number in
 * x8, arguments in x0 to x5, the result in x0. A hook for {@link Emulator#onSystemCall}.
 */
public final class SystemCalls implements Hooks.SystemCall {
  private static final long NOT_IMPLEMENTED = -38;
  private static final int ARGUMENTS = 6;
  private static final int NUMBER = 8;

  private final Map<Long, Handler> handlers = new HashMap<>();

  /** What one system call does. It may stop the run, or end it by {@link Emulator#exit}. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @param arguments x0 to x5
     * @return what x0 becomes; an error is its number, negative
     */
    long call(Emulator emulator, long[] arguments);
  }

  /** Binds a number to what it does, instead of what it did before. */
  public SystemCalls on(long number, Handler handler) {
    handlers.put(number, handler);
    return this;
  }

  @Override
  public void call(Emulator emulator, int immediate) {
    Handler handler = handlers.get(emulator.x(NUMBER));
    long[] arguments = new long[ARGUMENTS];
    for (int i = 0; i < ARGUMENTS; i++) {
      arguments[i] = emulator.x(i);
    }
    emulator.x(0, handler == null ? NOT_IMPLEMENTED : handler.call(emulator, arguments));
  }
}
