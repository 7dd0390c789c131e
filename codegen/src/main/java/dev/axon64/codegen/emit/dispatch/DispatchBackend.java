package dev.axon64.codegen.emit.dispatch;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/**
 * Writes a dispatch network in one language. Backends are peers: each is given the same plan and
 * nothing else. To add one, write a class and a line in {@code META-INF/services}.
 */
public interface DispatchBackend {
  /** The name by which it is chosen. */
  String name();

  /** A description of one line. */
  String description();

  /** Returns the sources, in a fixed order. */
  List<SourceFile> generate(DispatchInput input);

  /** Returns all backends on the class path, Java first. */
  static List<DispatchBackend> all() {
    return services().all();
  }

  /**
   * Returns the backend of a name.
   *
   * @throws dev.axon64.codegen.support.InputException that names those there are
   */
  static DispatchBackend named(String name) {
    return services().named(name);
  }

  private static NamedServices<DispatchBackend> services() {
    return new NamedServices<>(DispatchBackend.class, "backend", DispatchBackend::name, "java");
  }
}
