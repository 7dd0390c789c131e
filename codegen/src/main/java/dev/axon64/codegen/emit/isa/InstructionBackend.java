package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/**
 * Writes a model's kernels in one language. Backends are peers: each is given the same plan and
 * legal IR, and nothing else. To add one, write a class and a line in {@code META-INF/services}.
 */
public interface InstructionBackend {
  /** The name by which it is chosen. */
  String name();

  /** A description of one line. */
  String description();

  /**
   * Returns the sources, in a fixed order.
   *
   * @throws dev.axon64.codegen.support.InputException if the input lacks what it needs
   */
  List<SourceFile> generate(BackendInput input);

  /** Returns all backends on the class path, Java first. */
  static List<InstructionBackend> all() {
    return services().all();
  }

  /**
   * Returns the backend of a name.
   *
   * @throws dev.axon64.codegen.support.InputException that names those there are
   */
  static InstructionBackend named(String name) {
    return services().named(name);
  }

  private static NamedServices<InstructionBackend> services() {
    return new NamedServices<>(
        InstructionBackend.class, "backend", InstructionBackend::name, "java");
  }
}
