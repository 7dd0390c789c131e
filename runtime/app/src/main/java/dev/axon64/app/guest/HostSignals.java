package dev.axon64.app.guest;

import dev.axon64.linux.LinuxMachine;
import java.util.HashMap;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * Passes the signals that this process gets on to a guest, for as long as that runs. Those that the
 * JVM keeps to itself are left out.
 */
public final class HostSignals implements AutoCloseable {
  /** Their numbers under AArch64 Linux, by name. */
  private static final Map<String, Integer> PASSED =
      Map.of("HUP", 1, "INT", 2, "USR1", 10, "TERM", 15, "TSTP", 20, "WINCH", 28);

  private final Map<String, Object> before = new HashMap<>();

  private HostSignals() {}

  /** Passes signals to a machine from now on. */
  public static HostSignals passedTo(LinuxMachine machine) {
    HostSignals passing = new HostSignals();
    PASSED.forEach(
        (name, number) -> {
          Object old = Signals.register(name, () -> machine.signal(number));
          if (old != null) {
            passing.before.put(name, old);
          }
        });
    return passing;
  }

  /** Gives the signals back to those who had them before. */
  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
