package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.dispatch.InMemoryCompiler;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.java.JavaNames;
import dev.axon64.codegen.emit.program.JavaTensorBackend.Lanes;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Java backend's output for one program, compiled and loaded in memory. */
public final class CompiledTensorProgram {
  private static final String PACKAGE = "dev.axon64.generated";

  private final Constructor<? extends NetworkRunner> constructor;
  private final Map<String, byte[]> classes;

  private CompiledTensorProgram(
      Constructor<? extends NetworkRunner> constructor, Map<String, byte[]> classes) {
    this.constructor = constructor;
    this.classes = classes;
  }

  /**
   * Generates, compiles and loads. Each call loads a new class, with the vector width that the
   * system property {@code axon64.vector.bits} names at that moment, or the machine's preferred
   * one.
   */
  public static CompiledTensorProgram of(TensorProgram program) {
    return of(program, Lanes.VECTORS);
  }

  /** Does the same with a choice of how lanes are printed. */
  public static CompiledTensorProgram of(TensorProgram program, Lanes lanes) {
    String name = JavaTensorBackend.classNameFor(program.name());
    JavaNames names = new JavaNames(PACKAGE, name, Optional.of(NetworkRunner.class.getName()));
    List<SourceFile> sources = new JavaTensorBackend(names, lanes).generate(program);
    Map<String, byte[]> classes = InMemoryCompiler.compile(sources);
    try {
      Class<? extends NetworkRunner> type =
          InMemoryCompiler.load(classes, PACKAGE + "." + name).asSubclass(NetworkRunner.class);
      return new CompiledTensorProgram(type.getConstructor(float[].class), classes);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a generated network has a public constructor", e);
    }
  }

  /**
   * Makes a runner; use one per thread.
   *
   * @param packed weights as {@link TensorProgram#pack} makes them; shared, not copied
   */
  public NetworkRunner with(float[] packed) {
    try {
      return constructor.newInstance((Object) packed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("these are not the network's packed weights", e);
    }
  }

  /** The class files, by binary name. */
  public Map<String, byte[]> classes() {
    return Map.copyOf(classes);
  }
}
