package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.support.NamedServices;
import java.util.List;

/**
 * Writes a model's kernels in one language. Backends are peers: each is given the same plan and
 * legal IR, and nothing else. A new one is a class, and a line in {@code META-INF/services}.
 */
public interface InstructionBackend {
  /** Its name, by which it is chosen. */
  String name();

  /** One line for a person. */
  String description();

  /**
   * The sources, in a fixed order.
   *
   * @throws dev.axon64.codegen.support.InputException if the input lacks what it needs
   */
  List<SourceFile> generate(BackendInput input);

  /** All of them on the class path, Java first. */
  static List<InstructionBackend> all() {
    return services().all();
  }

  /**
   * One by name.
   *
   * @throws dev.axon64.codegen.support.InputException naming those there are
   */
  static InstructionBackend named(String name) {
    return services().named(name);
  }

  private static NamedServices<InstructionBackend> services() {
    return new NamedServices<>(
        InstructionBackend.class, "backend", InstructionBackend::name, "java");
  }
}
