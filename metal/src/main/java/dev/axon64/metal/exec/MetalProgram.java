package dev.axon64.metal.exec;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.jit.KernelCompiler;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.ShaderUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A compiled shader source. Immutable and safe for use by several threads. */
public final class MetalProgram {
  private static final int MOST_CHARACTERS = 16 << 20;

  /** The stack of the compiling thread: parsing recurses as deep as the source nests. */
  private static final long COMPILER_STACK_BYTES = 512L << 20;

  private final String fileName;
  private final Map<String, MetalKernel> kernels;

  private MetalProgram(String fileName, Map<String, MetalKernel> kernels) {
    this.fileName = fileName;
    this.kernels = kernels;
  }

  /**
   * Compiles a shader.
   *
   * @param fileName what messages call it
   * @throws InputException naming file, line and column, what is wrong there and how to mend it
   */
  public static MetalProgram compile(String source, String fileName) {
    return compile(source, fileName, KernelCompiler.Limits.HOTSPOT);
  }

  /** Compiles a shader, cutting functions into JVM methods of the sizes given. */
  public static MetalProgram compile(String source, String fileName, KernelCompiler.Limits limits) {
    if (source.length() > MOST_CHARACTERS) {
      throw new InputException(fileName, "over " + MOST_CHARACTERS + " characters; split it");
    }
    AtomicReference<MetalProgram> result = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread compiler =
        new Thread(
            null,
            () -> {
              try {
                result.set(compileHere(source, fileName, limits));
              } catch (StackOverflowError e) {
                failure.set(new InputException(fileName, "it nests too deeply; simplify it"));
              } catch (InputException | Error e) {
                failure.set(e);
              } catch (RuntimeException e) {
                failure.set(defect(fileName, e));
              }
            },
            "metal-compiler",
            COMPILER_STACK_BYTES);
    compiler.setDaemon(true);
    compiler.start();
    Threads.join(compiler, () -> {});
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
    return result.get();
  }

  /** Reports an unexpected exception, a defect of the executor, in one line. */
  private static InputException defect(String fileName, RuntimeException e) {
    return new InputException(
        fileName, "this shader uncovers a defect of the executor (" + e + "); please report it", e);
  }

  private static MetalProgram compileHere(
      String source, String fileName, KernelCompiler.Limits limits) {
    ShaderUnit unit = ShaderUnit.parse(source, fileName);
    Map<String, MetalKernel> kernels = new LinkedHashMap<>();
    for (Function function : unit.functions()) {
      if (!function.isKernel()) {
        continue;
      }
      if (kernels.containsKey(function.name())) {
        throw function.pos().error("a second kernel '" + function.name() + "'");
      }
      kernels.put(
          function.name(),
          new MetalKernel(fileName, function, KernelCompiler.compile(unit, function, limits)));
    }
    return new MetalProgram(fileName, kernels);
  }

  /** The names of all kernels, in the order of the source. */
  public List<String> kernelNames() {
    return List.copyOf(kernels.keySet());
  }

  /**
   * The kernel of that name.
   *
   * @throws InputException if there is none of that name, listing those that there are
   */
  public MetalKernel kernel(String name) {
    MetalKernel kernel = kernels.get(name);
    if (kernel == null) {
      throw new InputException(
          fileName, "no kernel '%s'; there is %s".formatted(name, kernelNames()));
    }
    return kernel;
  }
}
