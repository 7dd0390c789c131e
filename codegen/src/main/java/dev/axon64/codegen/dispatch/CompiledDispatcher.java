package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend;
import dev.axon64.codegen.emit.dispatch.java.JavaNames;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.support.Digests;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A factory of dispatchers from the Java backend's output, which is compiled and loaded in memory.
 */
public final class CompiledDispatcher implements Supplier<MarginDispatcher> {
  private static final String PACKAGE = "dev.axon64.generated";

  private final String source;
  private final Constructor<? extends MarginDispatcher> constructor;

  private CompiledDispatcher(String source, Constructor<? extends MarginDispatcher> constructor) {
    this.source = source;
    this.constructor = constructor;
  }

  /**
   * Generates, compiles and loads. Each call loads a new class, with the vector width that the
   * system property {@code axon64.vector.bits} names at that moment, or the machine's preferred
   * one.
   */
  public static CompiledDispatcher of(ForwardPlan plan) {
    String name = JavaNames.classNameFor(plan.spec().name());
    DispatchInput input =
        new DispatchInput(
            plan,
            plan.spec().name(),
            PACKAGE,
            Optional.of(name),
            Optional.of(MarginDispatcher.class.getName()));
    List<SourceFile> sources = new JavaDispatchBackend().generate(input);
    Map<String, byte[]> classes = InMemoryCompiler.compile(sources);
    try {
      Class<? extends MarginDispatcher> type =
          InMemoryCompiler.load(classes, PACKAGE + "." + name).asSubclass(MarginDispatcher.class);
      return new CompiledDispatcher(sources.get(0).text(), type.getConstructor());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a generated dispatcher has a public constructor", e);
    }
  }

  @Override
  public MarginDispatcher get() {
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a generated dispatcher can be made", e);
    }
  }

  /** The generated Java. */
  public String source() {
    return source;
  }

  /** SHA-256 of the generated Java. */
  public String sourceSha256() {
    return Digests.sha256(source.getBytes(StandardCharsets.UTF_8));
  }
}
