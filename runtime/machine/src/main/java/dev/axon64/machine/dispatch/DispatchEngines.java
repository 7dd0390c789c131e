package dev.axon64.machine.dispatch;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/** The engines on the class path. */
public final class DispatchEngines {
  private static final NamedServices<DispatchEngine> ENGINES =
      new NamedServices<>(DispatchEngine.class, "engine", DispatchEngine::name, ScalarEngine.NAME);

  private DispatchEngines() {}

  /** All of them, the reference first, then by name. */
  public static List<DispatchEngine> all() {
    return ENGINES.all();
  }

  /**
   * One by name.
   *
   * @throws InputException naming those there are
   */
  public static DispatchEngine named(String name) {
    return ENGINES.named(name);
  }
}
