package dev.axon64.machine.dispatch;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/** The engines on the class path. */
public final class DispatchEngines {
  private static final NamedServices<DispatchEngine> ENGINES =
      new NamedServices<>(
          DispatchEngine.class,
          "engine",
          DispatchEngine::name,
          ScalarEngine.NAME,
          DispatchEngine::aliases);

  private DispatchEngines() {}

  /** Returns all engines: the reference first, then the others by name. */
  public static List<DispatchEngine> all() {
    return ENGINES.all();
  }

  /**
   * Returns the engine of a name.
   *
   * @param name a name, or a name, a colon and a part of a device's name
   * @throws InputException that names those there are
   */
  public static DispatchEngine named(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? ENGINES.named(name)
        : ENGINES.named(name.substring(0, colon)).on(name.substring(colon + 1));
  }
}
