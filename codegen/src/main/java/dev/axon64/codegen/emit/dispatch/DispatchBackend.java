package dev.axon64.codegen.emit.dispatch;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/**
 * Writes a dispatch network in one language. Backends are peers: each is given the same plan and
 * nothing else. A new one is a class, and a line in {@code META-INF/services}.
 */
public interface DispatchBackend {
  /** Its name, by which it is chosen. */
  String name();

  /** One line for a person. */
  String description();

  /** The sources, in a fixed order. */
  List<SourceFile> generate(DispatchInput input);

  /** All of them on the class path, Java first. */
  static List<DispatchBackend> all() {
    return services().all();
  }

  /**
   * One by name.
   *
   * @throws dev.axon64.codegen.support.InputException naming those there are
   */
  static DispatchBackend named(String name) {
    return services().named(name);
  }

  private static NamedServices<DispatchBackend> services() {
    return new NamedServices<>(DispatchBackend.class, "backend", DispatchBackend::name, "java");
  }
}
