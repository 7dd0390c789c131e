package dev.axon64.linux.call;

import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;
import java.util.EnumMap;
import java.util.Map;

/** The calls that the emulator has, with their handlers. */
public final class CallTable {
  /** Makes a call. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Makes the call.
     *
     * @param a the arguments as the guest gave them, as many as the call's format has letters
     * @return the result; failures are SysErrors
     */
    long call(Task task, long[] a);
  }

  private final Map<SystemCall, Handler> handlers = new EnumMap<>(SystemCall.class);

  /** Binds a call to its handler. */
  void bind(SystemCall call, Handler handler) {
    if (handlers.put(call, handler) != null) {
      throw new IllegalStateException(call + " is bound twice");
    }
  }

  /** The handler of a call; null if the emulator does not have the call. */
  public Handler handler(SystemCall call) {
    return handlers.get(call);
  }
}
