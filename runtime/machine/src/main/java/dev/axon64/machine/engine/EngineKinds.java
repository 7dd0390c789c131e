package dev.axon64.machine.engine;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/** The kinds of engines on the class path. */
public final class EngineKinds {
  private static final NamedServices<EngineKind> KINDS =
      new NamedServices<>(EngineKind.class, "engine", EngineKind::name, ScalarKind.NAME);

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
   * @throws InputException that names those there are
   */
  public static EngineKind named(String name) {
    return KINDS.named(name);
  }
}
