package dev.axon64.machine.dispatch;

/** The module of the Vector API, which a JVM has only if it was started with it. */
public final class VectorModule {
  /** Its name, as {@code --add-modules} takes it. */
  public static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether this JVM has it. */
  public static boolean isPresent() {
    return ModuleLayer.boot().findModule(NAME).isPresent();
  }
}
