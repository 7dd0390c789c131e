package dev.axon64.machine.engine;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/** The kinds of engines on the class path. */
public final class EngineKinds {
  private static final NamedServices<EngineKind> KINDS =
      new NamedServices<>(
          EngineKind.class, "engine", EngineKind::name, ScalarKind.NAME, EngineKind::aliases);

  private EngineKinds() {}

  /** Returns all kinds: the reference first, then the others by name. */
  public static List<EngineKind> all() {
    return KINDS.all();
  }

  /** Returns the kind that all others are held to. */
  public static EngineKind reference() {
    return KINDS.named(ScalarKind.NAME);
  }

  /** Returns the kind that {@linkplain EngineKind#translates translates} hot code. */
  public static EngineKind translating() {
    return KINDS.named(TranslatedKind.NAME);
  }

  /**
   * Returns the kind of a name.
   *
   * @param name a name, or a name, a colon and a part of a device's name
   * @throws InputException that names those there are
   */
  public static EngineKind named(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? KINDS.named(name)
        : KINDS.named(name.substring(0, colon)).on(name.substring(colon + 1));
  }
}
